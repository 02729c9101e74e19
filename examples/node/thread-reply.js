// Starts a thread, replies in it, and shows what each reply option does.
//
// A thread key is your own name for a thread. Remember it, send it again, and
// the message joins the thread. The reply option in the URL says what should
// happen when there is no such thread yet.

const crypto = require('crypto');
const http = require('http');
const https = require('https');

// Paste here what "Copy link" gave you. Whoever holds this link can post.
const url = 'http://127.0.0.1:8080/v1/spaces/SPACE/messages?key=KEY&token=TOKEN';

// Reply in the thread of this key; without one, open a new thread.
const FALLBACK = 'REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD';
// Reply in the thread of this key; without one, send nothing and answer 404.
const OR_FAIL = 'REPLY_MESSAGE_OR_FAIL';

/** Posts the text to the thread of a key; resolves once the answer is printed. */
function post(text, threadKey, option) {
  const client = url.startsWith('https:') ? https : http;
  const body = JSON.stringify({ text, thread: { threadKey } });
  const options = {
    method: 'POST',
    timeout: 30000,
    headers: {
      'Content-Type': 'application/json; charset=UTF-8',
      'Content-Length': Buffer.byteLength(body),
    },
  };
  return new Promise((resolve, reject) => {
    const target = `${url}&messageReplyOption=${option}`;
    const request = client.request(target, options, (response) => {
      response.setEncoding('utf8');
      let answer = '';
      response.on('data', (part) => { answer += part; });
      response.on('error', reject);
      response.on('end', () => {
        const thread = response.statusCode === 200 ? `: ${JSON.parse(answer).thread.name}` : '';
        console.log(`${response.statusCode} with ${option}${thread}`);
        resolve();
      });
    });
    request.on('timeout', () => request.destroy(new Error('no answer within 30 s')));
    request.on('error', reject);
    request.end(body);
  });
}

/** A space takes one message per second. */
function nextSlot() {
  return new Promise((resolve) => setTimeout(resolve, 1100));
}

async function main() {
  const unique = crypto.randomBytes(8).toString('hex');
  await post('Deploy started', `deploy-${unique}`, FALLBACK);
  await nextSlot();
  await post('Deploy finished', `deploy-${unique}`, OR_FAIL);
  await nextSlot();
  // Nobody has used this key: with OR_FAIL nothing is sent.
  await post('You will not see this', `never-used-${unique}`, OR_FAIL);
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
