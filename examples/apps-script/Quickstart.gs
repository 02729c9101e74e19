/** Posts one message to a space through its incoming webhook. */
function quickstart() {
  // Paste here what "Copy link" gave you. Whoever holds this link can post.
  // The script runs at Google, so the address must be reachable from there.
  const url = 'https://chat.example.org/v1/spaces/SPACE/messages?key=KEY&token=TOKEN';

  const response = UrlFetchApp.fetch(url, {
    method: 'post',
    contentType: 'application/json; charset=UTF-8',
    payload: JSON.stringify({ text: 'Hello from Apps Script!' }),
    muteHttpExceptions: true,
  });

  Logger.log(response.getResponseCode());
  Logger.log(response.getContentText());
}
