import { Pipeline } from '@ws/extensions';
import type { ExtensionSession } from '@ws/extensions';
import { CLIENT as MASKING, encodeFragments, encodeFrame, OPCODE, SERVER } from '@ws/frame-parser';
import { ControlledSession, RSV1 } from '../../test/controlled-extension';
import { settled } from '../../test/duplex-pair';
import { Joined, record } from '../../test/memory-opening';
import { prepareFrames, prepareMessage } from './prepared-message';

const bytes = (text: string): Buffer => Buffer.from(text);
const frame = (payload: string): Uint8Array =>
  encodeFrame(SERVER, { opcode: OPCODE.TEXT, payload });
const LONG = 'long text €'.repeat(6000);

function controlled(): { server: Pipeline; session: ControlledSession } {
  const session = new ControlledSession();
  return { server: new Pipeline([session], RSV1), session };
}

/** Connections of all kinds, and what their clients or servers receive. */
function everyKind(): {
  name: string;
  joined: Joined;
  ws: Joined['client'];
  events: unknown[][];
}[] {
  const takesAll = (): Pipeline => new Pipeline([new ControlledSession()], RSV1);
  const kinds: [string, Joined, 'client' | 'server'][] = [
    ['a server', new Joined(), 'server'],
    ['a client', new Joined(), 'client'],
    ['hixie', new Joined('hixie-76'), 'server'],
    [
      'an extension',
      new Joined('hybi-13', {}, { server: takesAll(), client: takesAll() }),
      'server',
    ],
  ];
  return kinds.map(([name, joined, end]) => {
    joined.open();
    const events = record(joined[end === 'client' ? 'server' : 'client']);
    return { name, joined, ws: joined[end], events };
  });
}

test.each([
  ['text', prepareMessage('héllo'), 'héllo'],
  ['an empty text', prepareMessage(''), ''],
  ['a long text', prepareMessage(LONG), LONG],
  ['frames of others', prepareFrames([frame('one').subarray(0, 2), bytes('one')]), 'one'],
  [
    'fragments of others',
    prepareFrames(encodeFragments(SERVER, { opcode: OPCODE.TEXT, payload: 'in parts' }, 3)),
    'in parts',
  ],
])('%s is broadcast to connections of every kind, in order', async (_, message, expected) => {
  const kinds = everyKind();
  for (const { ws } of kinds) {
    ws.send('before');
    expect(ws.send(message)).toBe(expected.length < 1000);
    ws.send('behind');
  }
  await settled();
  for (const { name, events, ws } of kinds) {
    expect([name, events.map(([, data]) => data)]).toEqual([name, ['before', expected, 'behind']]);
    expect(ws.bufferedAmount).toBe(0);
  }
});

test('bytes are copied once, and sent by reference to all', async () => {
  const memory = Buffer.alloc(100_000, 1);
  const message = prepareMessage(memory);
  memory.fill(2);
  expect(message.byteLength).toBe(100_000);
  const pairs = [new Joined().open(), new Joined().open()];
  const written = pairs.map(({ serverSide }) => jest.spyOn(serverSide, 'write'));
  const events = pairs.map(({ client }) => record(client));
  for (const { server } of pairs) server.send(message);
  await settled();
  expect(events).toEqual(Array(2).fill([['message', Buffer.alloc(100_000, 1)]]));
  const [first, second] = written.map((write) => write.mock.calls[0][0] as Buffer);
  expect(first).toBe(second);
});

test('many of them in a tick leave in one write, with all else that is sent', async () => {
  const { server, serverSide } = new Joined().open();
  const message = prepareMessage('m');
  server.send('own');
  for (let count = 0; count < 16; count++) server.send(message);
  await settled();
  expect(serverSide.writes.map(({ byteLength }) => byteLength)).toEqual([5 + 16 * 3]);
});

test('behind a message that takes time, what extensions make of it is still made once', async () => {
  const results: unknown[] = [];
  const sharing: ExtensionSession = {
    processOutgoing: (message) => {
      const made = message.shared?.get('x') ?? { ...message, rsv: RSV1 };
      message.shared?.set('x', made);
      results.push(message.shared && made);
      return message.shared ? made : Promise.resolve(message);
    },
    processIncoming: (message) => ({ ...message, rsv: 0 }),
    close: () => undefined,
  };
  const message = prepareMessage('shared');
  const received: unknown[][][] = [];
  for (let count = 0; count < 2; count++) {
    const [server, client] = [0, 0].map(() => new Pipeline([sharing], RSV1));
    const joined = new Joined('hybi-13', {}, { server, client }).open();
    received.push(record(joined.client));
    joined.server.send('own');
    joined.server.send(message);
    joined.server.send(message);
    expect(joined.server.bufferedAmount).toBe(15);
  }
  await settled();
  const text = ['own', 'shared', 'shared'].map((data) => ['message', data]);
  expect(received).toEqual([text, text]);
  const [made] = results.filter((result) => result !== undefined);
  expect(results.filter((result) => result === made)).toHaveLength(4);
});

test('what is prepared already stays as it is, but may be kept from compression', async () => {
  const { server: pipeline, session } = controlled();
  const joined = new Joined('hybi-13', {}, { server: pipeline }).open();
  const message = prepareMessage('text');
  expect(prepareMessage(message)).toBe(message);
  const plain = prepareMessage(message, { compress: false });
  for (const each of [message, plain, prepareMessage(plain)]) joined.server.send(each);
  await settled();
  expect(session.compress).toEqual([true]);
  expect(plain.byteLength).toBe(4);
});

test('waits for open, counts as sent, and calls back', async () => {
  const joined = new Joined();
  const events = record(joined.client);
  const called: unknown[] = [];
  joined.server.send(prepareMessage('early'), (error) => called.push(error));
  expect(joined.server.bufferedAmount).toBe(5);
  joined.open();
  joined.serverSide.stall();
  joined.server.send(prepareMessage('late'), (error) => called.push(error));
  await settled();
  expect(joined.server.bufferedAmount).toBe(9);
  joined.serverSide.unstall();
  await settled();
  joined.server.terminate();
  joined.server.send(prepareMessage('too late'), (error) => called.push(error));
  await settled();
  expect(events.slice(1, 3).map(([, data]) => data)).toEqual(['early', 'late']);
  expect(called).toEqual([null, null, expect.objectContaining({ code: 'WS_ERR_NOT_SENT' })]);
});

test('is refused by a slow reader, as every message', async () => {
  const joined = new Joined('hybi-13', { maxBufferedAmount: 1000, slowReader: 'drop' }).open();
  joined.serverSide.stall();
  const message = prepareMessage('x'.repeat(900));
  expect([joined.server.send(message), joined.server.send(message)]).toEqual([true, false]);
  expect(joined.server.droppedMessages).toBe(1);
  await settled();
});

test.each<[string, Uint8Array[], string]>([
  ['nothing', [], 'there is no end'],
  ['half a frame', [frame('abc').subarray(0, 4)], 'there is no end'],
  [
    'half a message',
    [encodeFrame(SERVER, { opcode: OPCODE.TEXT, fin: false, payload: 'a' })],
    'there is no end',
  ],
  ['two messages', [frame('a'), frame('b')], 'there are more'],
  ['a frame and a half', [frame('a'), frame('b').subarray(0, 2)], 'there is no end'],
  [
    'a masked frame',
    [encodeFrame(MASKING, { opcode: OPCODE.TEXT, payload: 'a' })],
    'server frame is masked',
  ],
  [
    'a control frame',
    [encodeFrame(SERVER, { opcode: OPCODE.PING, payload: '' })],
    'there is a control frame',
  ],
  [
    'a compressed frame',
    [encodeFrame(SERVER, { opcode: OPCODE.TEXT, rsv: RSV1, payload: 'a' })],
    'RSV1',
  ],
  ['text that is not UTF-8', [Uint8Array.of(0x81, 1, 0xff)], 'UTF-8'],
])('%s is no message', (_, frames, why) => {
  expect(() => prepareFrames(frames)).toThrow(RangeError);
  expect(() => prepareFrames(frames)).toThrow(why);
});

test('what is of the wrong type is said at once', () => {
  expect(() => prepareMessage(7 as never)).toThrow(
    new TypeError(
      'cannot prepare 7: pass a string, a Buffer, a typed array, a DataView or an ArrayBuffer',
    ),
  );
  expect(() => prepareFrames(['text' as never])).toThrow('cannot prepare "text": it is not bytes');
});
