/** What a peer can do with frames, seen over real sockets: what it is answered, and what the application hears. */
import { IncomingMessage } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import WebSocket from '../src';
import * as frames from './support/frames';
import { echoing, messageOf, nextEvent, observed } from './support/observed';
import type { Observed } from './support/observed';
import { RawClient } from './support/raw-client';
import { releaseLater } from './support/release';
import { HYBI_13 } from './support/requests';
import { TestServer } from './support/test-server';
import type { Upgrade } from './support/test-server';

const { BINARY, CLOSE, closeFrame, closePayload, frame, PING, PONG, TEXT } = frames;

function serve(maxLength?: number): Promise<TestServer<Observed<WebSocket>>> {
  return TestServer.listen((...upgrade) =>
    observed(echoing(new WebSocket(...upgrade, [], { maxLength, closeTimeout: 1000 }))),
  );
}

/** The code of the closing frame that comes next. */
async function closeCode(client: RawClient): Promise<number> {
  const { opcode, payload } = await client.readFrame();
  expect(opcode).toBe(CLOSE);
  return payload.readUInt16BE();
}

type Case = [name: string, code: number, error: string, wire: Buffer];

const VIOLATIONS: Case[] = [
  ['an unmasked frame', 1002, 'WS_ERR_EXPECTED_MASK', frame(TEXT, 'x', { masked: false })],
  ['a close payload of 1 byte', 1002, 'WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH', frame(CLOSE, 'x')],
  [
    'a close payload of 126 bytes',
    1002,
    'WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH',
    frame(CLOSE, closePayload(1000, 'x'.repeat(124))),
  ],
  ['close code 1005', 1002, 'WS_ERR_INVALID_CLOSE_CODE', closeFrame(1005)],
  ['a fragmented ping', 1002, 'WS_ERR_EXPECTED_FIN', frame(PING, '', { fin: false })],
  ['invalid UTF-8', 1007, 'WS_ERR_INVALID_UTF8', frame(TEXT, Buffer.of(0xce, 0xba, 0xe1))],
  [
    'invalid UTF-8 in a close reason',
    1007,
    'WS_ERR_INVALID_UTF8',
    frame(CLOSE, Buffer.of(3, 232, 0xff)),
  ],
  [
    'a message over maxLength',
    1009,
    'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH',
    frame(BINARY, 'x'.repeat(9)),
  ],
  [
    'fragments over maxLength',
    1009,
    'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH',
    Buffer.concat([frame(TEXT, '12345', { fin: false }), frame(0, '6789')]),
  ],
  [
    'an announcement of 2⁴⁷ bytes',
    1009,
    'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH',
    frame(BINARY, '', { announced: 2 ** 47 }),
  ],
];

const RSV_AND_OPCODE: Case[] = Array.from({ length: 128 }, (_, pair) => [pair >> 4, pair & 15])
  .filter(([rsv, opcode]) => rsv !== 0 || ![TEXT, BINARY, CLOSE, PING, PONG].includes(opcode))
  .map(([rsv, opcode]) => [
    `RSV ${rsv} with opcode ${opcode}`,
    1002,
    expect.stringMatching(/^WS_ERR_(UNEXPECTED_RSV|INVALID_OPCODE)/) as string,
    frame(opcode, '', { rsv }),
  ]);

test.each([...VIOLATIONS, ...RSV_AND_OPCODE])('%s: %i', async (_, code, error, wire) => {
  const server = await serve(8);
  const client = await RawClient.open(server.port);
  client.write(Buffer.concat([frame(TEXT, 'first'), wire, frame(TEXT, 'last')]));
  expect((await client.readFrame()).payload.toString()).toBe('first');
  expect(await closeCode(client)).toBe(code);
  expect(await client.readRest()).toBe('');
  const { events, errors, closed } = await server.next();
  expect(await closed).toEqual({ code: 1006, reason: '', wasClean: false });
  expect(errors).toEqual([expect.objectContaining({ code: error })]);
  expect(events).toHaveLength(4);
});

test.each([
  ['0 bytes', closeFrame(), { code: 1005, reason: '' }],
  ['2 bytes', closeFrame(4000), { code: 4000, reason: '' }],
  ['125 bytes', closeFrame(1000, 'é'.repeat(61)), { code: 1000, reason: 'é'.repeat(61) }],
])('a close payload of %s is answered with the same code', async (_, wire, status) => {
  const server = await serve();
  const client = await RawClient.open(server.port);
  client.write(wire);
  const { opcode, payload } = await client.readFrame();
  expect(opcode).toBe(CLOSE);
  expect(payload.length < 2 ? 1005 : payload.readUInt16BE()).toBe(status.code);
  expect(await client.readRest()).toBe('');
  expect(await (await server.next()).closed).toEqual({ ...status, wasClean: true });
});

test('frames behind a closing frame are ignored', async () => {
  const server = await serve();
  const client = await RawClient.open(server.port);
  const behind = [frame(TEXT, 'late'), frame(PING), closeFrame(4001), Buffer.of(0xff, 0xff)];
  client.write(Buffer.concat([closeFrame(4000), ...behind]));
  expect(await closeCode(client)).toBe(4000);
  expect(await client.readRest()).toBe('');
  const { events, closed } = await server.next();
  expect(await closed).toEqual({ code: 4000, reason: '', wasClean: true });
  expect(events).toEqual(['open', 'close 4000']);
});

test.each([
  ['pings', frame(PING)],
  ['pongs', frame(PONG)],
  ['empty fragments', frame(0, '', { fin: false })],
])('500,000 %s in one burst hold nobody up', async (_, wire) => {
  const server = await serve();
  const [flooding, other] = [await RawClient.open(server.port), await RawClient.open(server.port)];
  const flood = Buffer.alloc(500_000 * wire.length, wire);
  const fragments = [frame(TEXT, 'a', { fin: false }), flood, frame(0, 'z')];
  flooding.write(Buffer.concat(wire[0] === 0 ? fragments : [flood, frame(TEXT, 'az')]));
  other.write(frame(TEXT, 'served'));
  expect((await other.readFrame()).payload.toString()).toBe('served');
  await flooding.readTo('\x81\x02az');
});

/** An upgrade over a stream in memory, whose chunks are the test's to cut. */
function upgradeInMemory(): Upgrade {
  const request = new IncomingMessage(new Socket());
  const entries = Object.entries(HYBI_13).map(([name, value]) => [name.toLowerCase(), value]);
  const headers = Object.fromEntries(entries) as IncomingHttpHeaders;
  Object.assign(request, { method: 'GET', httpVersion: '1.1', url: '/', headers });
  const socket = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() });
  releaseLater(() => socket.destroy());
  return [request, socket, Buffer.alloc(0)];
}

test('a frame of 1 MB in chunks of one byte is held without the chunks', async () => {
  const [request, socket, head] = upgradeInMemory();
  const ws = new WebSocket(request, socket, head);
  await nextEvent(ws, 'open');
  const received = messageOf(ws);
  const payload = Buffer.alloc(1_000_000, 7);
  const wire = frame(BINARY, payload);
  const before = process.memoryUsage();
  for (const byte of wire) socket.emit('data', Buffer.alloc(1, byte));
  const after = process.memoryUsage();
  expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(16 * 2 ** 20);
  expect(payload.equals((await received) as Buffer)).toBe(true);
});

test('200 announcements of 64 MiB that never comes take no memory', async () => {
  const server = await serve();
  const before = process.memoryUsage();
  const announcement = frame(BINARY, '', { announced: 2 ** 26 - 1 });
  for (let count = 0; count < 200; count++) {
    const client = await RawClient.open(server.port);
    client.write(Buffer.concat([frame(PING), announcement, Buffer.alloc(100)]));
    expect((await client.readFrame()).opcode).toBe(PONG);
  }
  const after = process.memoryUsage();
  expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(32 * 2 ** 20);
});

describe('a reset', () => {
  const STATES: [string, (client: RawClient, ws: WebSocket) => unknown][] = [
    ['in an open connection', () => undefined],
    ['in the middle of a header', (client) => client.writeNow(Buffer.of(0x81))],
    ['in the middle of a message', (client) => client.writeNow(frame(TEXT, 'x', { fin: false }))],
    [
      'while pings are being answered',
      (client) => client.writeNow(Buffer.alloc(6000, frame(PING))),
    ],
    ['while much is being sent', (_, ws) => ws.send(Buffer.alloc(2 ** 24))],
    ['after the server has begun to close', (_, ws) => ws.close(1000)],
    ['after the server has terminated', (_, ws) => ws.terminate()],
    ['after the client has begun to close', (client) => client.writeNow(closeFrame(1000))],
    ['after a violation', (client) => client.writeNow(frame(3))],
  ];

  test.each(STATES)('%s ends in one close and one error at most', async (_, prepare) => {
    const server = await serve();
    const client = await RawClient.open(server.port);
    const { ws, events, closed } = await server.next();
    await prepare(client, ws);
    client.reset();
    const { code } = await closed;
    const isError = (event: string): boolean => event.startsWith('error');
    expect(events.filter(isError).length).toBeLessThanOrEqual(1);
    expect(events.filter((event) => !isError(event))).toEqual(['open', `close ${code}`]);
    expect(ws.readyState).toBe(WebSocket.CLOSED);
  });
});
