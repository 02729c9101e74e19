// Three ways to meet a failed post. Choose one of these functions and run it:
//
// sendOrLog    tells what went wrong and goes on
// sendOrRetry  tries again after quota, server and network failures, each time after
//              a longer wait with some chance in it; what cannot succeed is logged at once
// sendOrIgnore is for messages that nobody misses

function sendOrLog() {
  const answer = attempt_('Disk of db1 is 91 % full', Utilities.getUuid());
  Logger.log(answer.sent ? answer.text : 'not sent: ' + answer.text);
}

function sendOrRetry() {
  const attempts = 6; // a script may run for six minutes at most
  const longestWait = 64000; // milliseconds
  const requestId = Utilities.getUuid(); // the same for each attempt: at most one message
  for (let n = 0; n < attempts; n++) {
    const answer = attempt_('Disk of db1 is 91 % full', requestId);
    if (answer.sent) {
      Logger.log(answer.text);
      return;
    }
    if (!answer.passing || n + 1 === attempts) {
      Logger.log('given up: ' + answer.text);
      return;
    }
    const backoff = Math.min(Math.pow(2, n) * 1000 + Math.random() * 1000, longestWait);
    const wait = Math.round(Math.max(backoff, answer.retryAfter));
    Logger.log('trying again in ' + wait + ' ms: ' + answer.text);
    Utilities.sleep(wait);
  }
}

function sendOrIgnore() {
  attempt_('Disk of db1 is 91 % full', Utilities.getUuid());
}

/**
 * Makes one attempt.
 *
 * @return {{sent: boolean, passing: boolean, retryAfter: number, text: string}} whether it was
 *     stored; if not, whether a later attempt may succeed, after how many milliseconds at least,
 *     and what went wrong
 */
function attempt_(text, requestId) {
  // Paste here what "Copy link" gave you. Whoever holds this link can post.
  // The script runs at Google, so the address must be reachable from there.
  const url = 'https://chat.example.org/v1/spaces/SPACE/messages?key=KEY&token=TOKEN';

  let response;
  try {
    response = UrlFetchApp.fetch(url + '&requestId=' + requestId, {
      method: 'post',
      contentType: 'application/json; charset=UTF-8',
      payload: JSON.stringify({ text: text }),
      muteHttpExceptions: true,
    });
  } catch (e) {
    // Not e.message: it may hold the URL, which is a secret. Perhaps the message was stored and
    // only the answer was lost: the request id keeps a second attempt from posting it twice.
    return { sent: false, passing: true, retryAfter: 0, text: 'no answer' };
  }

  const status = response.getResponseCode();
  const body = response.getContentText();
  if (status === 200) {
    return { sent: true, passing: false, retryAfter: 0, text: body };
  }
  // Time-outs, quota and server failures pass. Any other refusal stays one.
  const passing = [408, 429, 500, 502, 503, 504].indexOf(status) >= 0;
  return {
    sent: false,
    passing: passing,
    retryAfter: retryAfter_(response.getHeaders()),
    text: status + ' ' + reason_(body),
  };
}

/** Milliseconds the server asks to wait; 0 where it does not say, or says a date. */
function retryAfter_(headers) {
  const name = Object.keys(headers).find((key) => key.toLowerCase() === 'retry-after');
  return name ? (Number(headers[name]) || 0) * 1000 : 0;
}

/** What the error says; the body may be JSON, wrapped or bare, or HTML. */
function reason_(body) {
  try {
    const answer = JSON.parse(body);
    const error = answer.error || answer;
    return error.status + ': ' + error.message;
  } catch (e) {
    return 'without a readable reason';
  }
}
