// Posts one message to a space through its incoming webhook.
// Node.js 14 and later, nothing to install.

const http = require('http');
const https = require('https');

// Paste here what "Copy link" gave you. Whoever holds this link can post.
const url = 'http://127.0.0.1:8080/v1/spaces/SPACE/messages?key=KEY&token=TOKEN';

/** Posts a message; resolves to the answer's status and body. */
function post(message) {
  const client = url.startsWith('https:') ? https : http;
  const body = JSON.stringify(message);
  const options = {
    method: 'POST',
    timeout: 30000,
    headers: {
      'Content-Type': 'application/json; charset=UTF-8',
      'Content-Length': Buffer.byteLength(body),
    },
  };
  return new Promise((resolve, reject) => {
    const request = client.request(url, options, (response) => {
      response.setEncoding('utf8');
      let text = '';
      response.on('data', (part) => { text += part; });
      response.on('end', () => resolve({ status: response.statusCode, body: text }));
      response.on('error', reject);
    });
    request.on('timeout', () => request.destroy(new Error('no answer within 30 s')));
    request.on('error', reject);
    request.end(body);
  });
}

post({ text: 'Hello from a Node.js script!' })
  .then((answer) => {
    console.log(answer.status);
    console.log(answer.body);
    if (answer.status !== 200) {
      process.exitCode = 1;
    }
  })
  .catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
