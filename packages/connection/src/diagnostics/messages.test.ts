/** Messages on the channels `websocket:message:received` and `:sent`: whatever way they take, there is one of each. */
import { Pipeline } from '@ws/extensions';
import { ControlledSession, RSV1 } from '../../test/controlled-extension';
import { settled } from '../../test/duplex-pair';
import { ENDS, Joined } from '../../test/memory-opening';
import { readAll } from '../../test/message-parts';
import { published, unsubscribeAll } from '../../test/subscribed';
import { WebSocket } from '../api/websocket';
import { prepareMessage } from '../api/prepared-message';

afterEach(unsubscribeAll);

type Send = (ws: WebSocket) => unknown;

const extended = (): Joined => {
  const pipeline = (): Pipeline => new Pipeline([new ControlledSession()], RSV1);
  return new Joined('hybi-13', {}, { client: pipeline(), server: pipeline() });
};
const KINDS: Record<string, () => Joined> = {
  plain: () => new Joined(),
  compressed: extended,
  'hixie-76': () => new Joined('hixie-76'),
  'delivery in turns': () => new Joined('hybi-13', { delivery: 'turn' }),
};
const TEXTS: [string, Send, number][] = [
  ['a text', (ws) => ws.send('grüße'), 7],
  ['an empty text', (ws) => ws.send(''), 0],
  ['a long text', (ws) => ws.send('€'.repeat(500_000)), 1_500_000],
  ['a prepared text', (ws) => ws.send(prepareMessage('€ 5')), 5],
  ['a text in parts', (ws) => ws.sendStream(['gr', 'üße'.repeat(20_000)]), 100_002],
];
const BYTES: [string, Send, number][] = [
  ['bytes', (ws) => ws.send(Buffer.alloc(9)), 9],
  ['many bytes', (ws) => ws.send(Buffer.alloc(100_000)), 100_000],
  ['a Blob', (ws) => ws.send(new Blob(['abc'])), 3],
  ['prepared bytes', (ws) => ws.send(prepareMessage(Buffer.alloc(4))), 4],
  ['bytes in parts', (ws) => ws.sendStream([Buffer.alloc(50_000), Buffer.alloc(1)]), 50_001],
  ['no bytes in parts', (ws) => ws.sendStream([Buffer.alloc(0)]), 0],
];
const CASES = Object.keys(KINDS).flatMap((kind) => [
  ...TEXTS.map(([what, send, size]) => ({ kind, what, send, size, text: true })),
  ...(kind === 'hixie-76'
    ? []
    : BYTES.map(([what, send, size]) => ({ kind, what, send, size, text: false }))),
]);

describe.each(ENDS)('from a %s', (end) => {
  const peerOf = (joined: Joined): WebSocket => joined[end === 'client' ? 'server' : 'client'];

  test.each(CASES)('$what, $kind', async ({ kind, send, size, text }) => {
    const joined = KINDS[kind]().open();
    const sent = published('websocket:message:sent');
    const received = published('websocket:message:received');
    const message = new Promise((resolve) => peerOf(joined).once('message', resolve));
    await send(joined[end]);
    await message;
    const said = { size, text, compressed: kind === 'compressed' };
    expect(sent).toEqual([{ websocket: joined[end], ...said }]);
    expect(received).toEqual([{ websocket: peerOf(joined), ...said }]);
    expect(Object.keys(received[0])).toEqual(['websocket', 'size', 'text', 'compressed']);
  });

  test.each(CASES.filter(({ kind }) => kind !== 'hixie-76'))(
    '$what, $kind, read in parts',
    async ({ kind, send, size, text }) => {
      const joined = KINDS[kind]().open();
      const received = published('websocket:message:received');
      const all = readAll(peerOf(joined));
      await send(joined[end]);
      await send(joined[end]);
      joined[end].close();
      await all;
      const said = { websocket: peerOf(joined), size, text, compressed: kind === 'compressed' };
      expect(received).toEqual([said, said]);
    },
  );
});

test('what is sent before the connection is open, is sent when it is', async () => {
  const joined = new Joined();
  const sent = published('websocket:message:sent');
  joined.client.send('hello');
  expect(sent).toEqual([]);
  joined.open();
  await settled();
  expect(sent).toMatchObject([{ size: 5 }]);
});

test('what is dropped is neither sent nor received', async () => {
  const joined = new Joined().open();
  const sent = published('websocket:message:sent');
  const received = published('websocket:message:received');
  joined.client.send('behind the end');
  joined.server.terminate();
  joined.client.terminate();
  joined.client.send('too late');
  await settled();
  expect([sent.length, received.length]).toEqual([1, 0]);
});

test('a message that arrives before its listener is published once', async () => {
  const joined = new Joined().open();
  const received = published('websocket:message:received');
  joined.client.send('hello');
  await settled();
  joined.server.onmessage = () => undefined;
  await settled();
  expect(received).toHaveLength(1);
});

test('the listener runs behind the subscriber', async () => {
  const joined = new Joined().open();
  const received = published('websocket:message:received');
  const seen: number[] = [];
  joined.server.onmessage = () => seen.push(received.length);
  joined.client.send('one');
  joined.client.send('two');
  await settled();
  expect(seen).toEqual([1, 2]);
});
