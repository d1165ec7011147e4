/** Faye: messages come in an event stream when a client has no WebSocket. */
import assert from 'node:assert/strict';
import { TextDecoderStream } from 'node:stream/web';
import { serve } from './support/faye.mjs';
import { Inbox, within } from './support/waiting.mjs';

const server = await serve();
await subscribeByEventSource();
await answerPlainGets();
server.close();
// Faye's clients leave timers of a minute behind.
process.exit();

async function subscribeByEventSource() {
  const { clientId } = await call({
    channel: '/meta/handshake',
    version: '1.0',
    supportedConnectionTypes: ['eventsource', 'long-polling'],
  });
  const events = await openEventSource(clientId);
  const connected = { channel: '/meta/connect', clientId, connectionType: 'eventsource', id: 'c' };
  const subscribed = { channel: '/meta/subscribe', clientId, subscription: '/chat/*' };
  assert.equal((await call(subscribed)).successful, true);
  call(connected).catch(() => {});

  const client = server.adapter.getClient();
  for (const data of ['Grüße 🦊', { lines: 'one\ntwo\r\nthree' }, 'x'.repeat(65_536)]) {
    await within(client.publish('/chat/a', data), 'the acknowledgement');
    const [message] = JSON.parse((await events.next('an event')).data);
    assert.deepEqual(message.data, data);
    assert.equal(message.channel, '/chat/a');
  }
  let event = await events.next('a ping');
  assert.equal(event.comment, '');
  await call({ channel: '/meta/disconnect', clientId });
  do event = await events.next('the end of the event stream');
  while (event !== 'end');
}

async function answerPlainGets() {
  const script = await fetch(`${server.url}/client.js`);
  assert.equal(script.status, 200);
  assert.match(await script.text(), /long-polling/);
  assert.equal((await fetch(server.url)).status, 400);
  const handshake = JSON.stringify({
    channel: '/meta/handshake',
    version: '1.0',
    supportedConnectionTypes: ['callback-polling'],
  });
  const reply = await fetch(`${server.url}?jsonp=got&message=${encodeURIComponent(handshake)}`);
  assert.equal(reply.status, 200);
  assert.match(await reply.text(), /^\/\*\*\/got\(\[\{.*"successful":true/);
}

/** Sends a message by POST; gives the answer to it. */
async function call(message) {
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify([{ id: '1', ...message }]),
  });
  const replies = await response.json();
  return replies.find(({ channel }) => channel === message.channel);
}

/** Opens an event stream; gives its events and comments, then `end`. */
async function openEventSource(clientId) {
  const response = await fetch(`${server.url}/${clientId}`, {
    headers: { Accept: 'text/event-stream' },
  });
  assert.equal(response.status, 200);
  assert.match(response.headers.get('content-type'), /^text\/event-stream/);
  const inbox = new Inbox();
  void read(response.body.pipeThrough(new TextDecoderStream()), inbox);
  return inbox;
}

async function read(text, inbox) {
  let buffered = '';
  for await (const part of text) {
    const blocks = (buffered + part).replaceAll('\r\n', '\n').split('\n\n');
    buffered = blocks.pop();
    for (const block of blocks) {
      const event = parseEvent(block);
      if (event.retry === undefined) inbox.put(event);
    }
  }
  inbox.put('end');
}

function parseEvent(block) {
  const event = {};
  for (const line of block.split('\n')) {
    const [, name, value] = /^([^:]*): ?(.*)$/.exec(line) ?? [line, line, ''];
    const field = name === '' ? 'comment' : name;
    event[field] = field in event ? `${event[field]}\n${value}` : value;
  }
  return event;
}
