/**
 * Starts a thread, replies in it, and shows what each reply option does.
 *
 * A thread key is your own name for a thread. Remember it, send it again, and the
 * message joins the thread. The reply option in the URL says what should happen
 * when there is no such thread yet.
 */
function threadReply() {
  // Paste here what "Copy link" gave you. Whoever holds this link can post.
  // The script runs at Google, so the address must be reachable from there.
  const url = 'https://chat.example.org/v1/spaces/SPACE/messages?key=KEY&token=TOKEN';

  // Reply in the thread of this key; without one, open a new thread.
  const FALLBACK = 'REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD';
  // Reply in the thread of this key; without one, send nothing and answer 404.
  const OR_FAIL = 'REPLY_MESSAGE_OR_FAIL';

  const post = (text, threadKey, option) => {
    const response = UrlFetchApp.fetch(url + '&messageReplyOption=' + option, {
      method: 'post',
      contentType: 'application/json; charset=UTF-8',
      payload: JSON.stringify({ text: text, thread: { threadKey: threadKey } }),
      muteHttpExceptions: true,
    });
    const status = response.getResponseCode();
    const thread = status === 200 ? ': ' + JSON.parse(response.getContentText()).thread.name : '';
    Logger.log(status + ' with ' + option + thread);
  };

  const deploy = 'deploy-' + Utilities.getUuid();
  post('Deploy started', deploy, FALLBACK);
  Utilities.sleep(1100); // a space takes one message per second
  post('Deploy finished', deploy, OR_FAIL);
  Utilities.sleep(1100);
  // Nobody has used this key: with OR_FAIL nothing is sent.
  post('You will not see this', 'never-used-' + Utilities.getUuid(), OR_FAIL);
}
