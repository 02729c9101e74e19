// Google's own Node.js client against a webhook URL and with a bearer token. Prints what the server answered.
const {chat} = require('@googleapis/chat');

async function main() {
  const url = new URL(process.env.WEBHOOK_URL);
  const parent = url.pathname.replace(/^\/v1\//, '').replace(/\/messages$/, '');
  const client = chat({version: 'v1', rootUrl: url.origin + '/'});
  const post = (requestBody, options) => client.spaces.messages.create({
    parent,
    key: url.searchParams.get('key'),
    token: url.searchParams.get('token'),
    ...options,
    requestBody,
  });
  const first = await post({text: 'from node', thread: {threadKey: 'node'}}, {});
  const second = await post(
      {text: 'reply from node', thread: {threadKey: 'node'}},
      {messageReplyOption: 'REPLY_MESSAGE_OR_FAIL', requestId: 'node-1'});
  let refused;
  try {
    await post({text: 'x', thread: {threadKey: 'never'}}, {messageReplyOption: 'REPLY_MESSAGE_OR_FAIL'});
  } catch (error) {
    refused = {status: error.status, message: error.message};
  }
  const headers = {Authorization: 'Bearer ' + process.env.CAMPANA_TOKEN};
  const listed = await client.spaces.messages.list({parent, pageSize: 10}, {headers});
  const space = await client.spaces.get({name: parent}, {headers});
  console.log(JSON.stringify({
    first: first.data,
    second: second.data,
    refused,
    texts: listed.data.messages.map((message) => message.text),
    space: space.data.displayName,
  }));
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
