// Three ways to meet a failed post: log it, retry it, or leave it.
//
//   node error-handling.js log
//   node error-handling.js retry
//   node error-handling.js ignore
//
// log    tells what went wrong and goes on
// retry  tries again after quota, server and network failures, each time after a
//        longer wait with some chance in it; what cannot succeed is logged at once
// ignore is for messages that nobody misses

const crypto = require('crypto');
const http = require('http');
const https = require('https');

// Paste here what "Copy link" gave you. Whoever holds this link can post.
const url = 'http://127.0.0.1:8080/v1/spaces/SPACE/messages?key=KEY&token=TOKEN';

const ATTEMPTS = 8;
const LONGEST_WAIT = 64000; // milliseconds
// Time-outs, quota and server failures pass. Any other refusal stays one.
const PASSING = [408, 429, 500, 502, 503, 504];

/** A post that was not confirmed. Never holds the URL, which is a secret. */
class Failure extends Error {
  constructor(text, passing, retryAfter = 0) {
    super(text);
    this.passing = passing;
    this.retryAfter = retryAfter;
  }
}

/** Makes one attempt; resolves to the answer or rejects with a Failure. */
function post(message, requestId) {
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
    // Perhaps it was stored and only the answer was lost: the request id keeps a
    // second attempt from posting it twice.
    const unanswered = (error) => reject(new Failure(`no answer: ${error.code || error.message}`, true));
    const request = client.request(`${url}&requestId=${requestId}`, options, (response) => {
      response.setEncoding('utf8');
      let answer = '';
      response.on('data', (part) => { answer += part; });
      response.on('error', unanswered);
      response.on('end', () => {
        const status = response.statusCode;
        if (status === 200) {
          resolve(answer);
        } else {
          const seconds = Number(response.headers['retry-after']) || 0;
          reject(new Failure(`${status} ${reason(answer)}`, PASSING.includes(status), seconds * 1000));
        }
      });
    });
    request.on('timeout', () => request.destroy(new Error('30 s are over')));
    request.on('error', unanswered);
    request.end(body);
  });
}

/** What the error says; the body may be JSON, wrapped or bare, or HTML. */
function reason(body) {
  try {
    const answer = JSON.parse(body);
    const error = answer.error || answer;
    return `${error.status}: ${error.message}`;
  } catch (e) {
    return 'without a readable reason';
  }
}

function newRequestId() {
  return crypto.randomBytes(16).toString('hex');
}

async function sendOrLog(message) {
  try {
    return await post(message, newRequestId());
  } catch (failure) {
    console.error(`not sent: ${failure.message}`);
    return null;
  }
}

async function sendOrRetry(message) {
  const requestId = newRequestId(); // the same for each attempt: at most one message
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await post(message, requestId);
    } catch (failure) {
      if (!failure.passing || attempt + 1 === ATTEMPTS) {
        console.error(`given up: ${failure.message}`);
        return null;
      }
      const backoff = Math.min(2 ** attempt * 1000 + Math.random() * 1000, LONGEST_WAIT);
      const wait = Math.max(backoff, failure.retryAfter);
      console.error(`trying again in ${(wait / 1000).toFixed(1)} s: ${failure.message}`);
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

async function sendOrIgnore(message) {
  try {
    return await post(message, newRequestId());
  } catch (failure) {
    return null;
  }
}

const ways = { log: sendOrLog, retry: sendOrRetry, ignore: sendOrIgnore };
const way = process.argv[2] || 'retry';

if (ways[way]) {
  ways[way]({ text: 'Disk of db1 is 91 % full' }).then((answer) => {
    if (answer !== null) {
      console.log(answer);
    }
  });
} else {
  console.error(`wanted one of log, retry, ignore, got ${way}`);
  process.exitCode = 1;
}
