/** What a server may answer, right and wrong, byte for byte. */
import { HandshakeError } from '@ws/handshake';
import { ConnectError } from '../src';
import { frame, TEXT } from '../../websocket/test/support/frames';
import { nextEvent } from '../../websocket/test/support/observed';
import { responseHead } from '../../websocket/test/support/requests';
import type { Headers } from '../../websocket/test/support/requests';
import { answering, dialled, rightAnswer } from './answering';
import type { Asked } from './answering';

const CLOSED_1006 = { code: 1006, reason: '', wasClean: false };

type Answer = (asked: Asked) => string;

const right =
  (changes: Headers): Answer =>
  (asked) =>
    rightAnswer(asked, changes);
const status =
  (line: string): Answer =>
  () =>
    responseHead(line, { 'Content-Length': '4' }) + 'body';

const REFUSED: [name: string, code: string, answer: Answer][] = [
  ['no Upgrade', 'WS_ERR_INVALID_UPGRADE', right({ Upgrade: undefined })],
  ['another Upgrade', 'WS_ERR_INVALID_UPGRADE', right({ Upgrade: 'h2c' })],
  ['no Connection', 'WS_ERR_INVALID_CONNECTION', right({ Connection: undefined })],
  ['another Connection', 'WS_ERR_INVALID_CONNECTION', right({ Connection: 'close' })],
  ['no accept', 'WS_ERR_INVALID_ACCEPT', right({ 'Sec-WebSocket-Accept': undefined })],
  ['an empty accept', 'WS_ERR_INVALID_ACCEPT', right({ 'Sec-WebSocket-Accept': '' })],
  ['a wrong accept', 'WS_ERR_INVALID_ACCEPT', right({ 'Sec-WebSocket-Accept': 'x' })],
  [
    'two accepts',
    'WS_ERR_INVALID_ACCEPT',
    (asked) => rightAnswer(asked, { 'Sec-WebSocket-Accept': [asked.accept, asked.accept] }),
  ],
  [
    'a subprotocol that was not offered',
    'WS_ERR_INVALID_SUBPROTOCOL',
    right({ 'Sec-WebSocket-Protocol': 'other' }),
  ],
  [
    'a list of subprotocols',
    'WS_ERR_INVALID_SUBPROTOCOL',
    right({ 'Sec-WebSocket-Protocol': 'chat, superchat' }),
  ],
  ['no subprotocol', 'WS_ERR_MISSING_SUBPROTOCOL', right({})],
  [
    'an extension',
    'WS_ERR_UNEXPECTED_EXTENSION',
    right({ 'Sec-WebSocket-Protocol': 'chat', 'Sec-WebSocket-Extensions': 'x-unknown' }),
  ],
  ['200', 'WS_ERR_UNEXPECTED_STATUS', status('200 OK')],
  ['403', 'WS_ERR_UNEXPECTED_STATUS', status('403 Forbidden')],
  ['500', 'WS_ERR_UNEXPECTED_STATUS', status('500 Oops')],
  [
    '426 with Upgrade',
    'WS_ERR_UNEXPECTED_STATUS',
    () =>
      responseHead('426 Upgrade Required', {
        Upgrade: 'websocket',
        Connection: 'Upgrade',
        'Content-Length': '0',
      }),
  ],
  [
    '101 after 101',
    'WS_ERR_INVALID_UPGRADE',
    (asked) => responseHead('101 Switching Protocols', {}) + rightAnswer(asked),
  ],
  ['a 302 without Location', 'WS_ERR_UNEXPECTED_STATUS', status('302 Found')],
];

test.each(REFUSED)('%s: %s', async (_, code, answer) => {
  const port = await answering((asked) => asked.socket.write(answer(asked), 'latin1'));
  const { events, errors, closed } = dialled(`ws://127.0.0.1:${port}/`, ['chat', 'superchat']);
  expect(await closed).toEqual(CLOSED_1006);
  expect(events).toEqual([`error ${code}`, 'close 1006']);
  expect(errors[0]).toBeInstanceOf(ConnectError);
  expect(errors[0]?.cause).toBeInstanceOf(HandshakeError);
});

const BROKEN: [name: string, code: string, answer: Answer][] = [
  ['nothing', 'ECONNRESET', () => ''],
  ['half a head', 'ECONNRESET', () => 'HTTP/1.1 101 Switching'],
  ['what is not HTTP', 'HPE_INVALID_CONSTANT', () => 'SSH-2.0-OpenSSH\r\n\r\n'],
  [
    'a header line without a name',
    'HPE_INVALID_HEADER_TOKEN',
    () => 'HTTP/1.1 101 Switching Protocols\r\n: x\r\n\r\n',
  ],
];

test.each(BROKEN)('%s, then the end: %s', async (_, code, answer) => {
  const port = await answering((asked) => asked.socket.end(answer(asked), 'latin1'));
  const { events, closed } = dialled(`ws://127.0.0.1:${port}/`);
  expect(await closed).toEqual(CLOSED_1006);
  expect(events).toEqual([`error ${code}`, 'close 1006']);
});

test('a response head without end is not read to its end', async () => {
  const port = await answering(({ socket }) => {
    const more = (): boolean => socket.write('x: y\r\n'.repeat(1000), (error) => error ?? more());
    socket.write('HTTP/1.1 101 Switching Protocols\r\n');
    more();
  });
  const { events, closed } = dialled(`ws://127.0.0.1:${port}/`);
  await closed;
  expect(events).toEqual(['error HPE_HEADER_OVERFLOW', 'close 1006']);
});

test.each([
  [16_000, 'open'],
  [17_000, 'close'],
])('a response head of %d bytes: %s', async (bytes, outcome) => {
  const changes = { 'X-A': 'x'.repeat(bytes - 200) };
  const port = await answering((asked) => asked.socket.write(rightAnswer(asked, changes)));
  const { ws, events } = dialled(`ws://127.0.0.1:${port}/`);
  await nextEvent(ws, outcome as 'open' | 'close');
  expect(events[0]).toBe(outcome === 'open' ? 'open' : 'error HPE_HEADER_OVERFLOW');
});

test('maxHeaderSize is the limit', async () => {
  const port = await answering((asked) =>
    asked.socket.write(rightAnswer(asked, { 'X-A': 'x'.repeat(1000) })),
  );
  const { events, closed } = dialled(`ws://127.0.0.1:${port}/`, [], { maxHeaderSize: 1000 });
  await closed;
  expect(events).toEqual(['error HPE_HEADER_OVERFLOW', 'close 1006']);
});

test.each([
  [997, 'open'],
  [998, 'close'],
  [2500, 'close'],
])('%d headers beside those of the handshake: %s', async (count, outcome) => {
  const changes = { a: Array<string>(count).fill('') };
  const port = await answering((asked) => asked.socket.write(rightAnswer(asked, changes)));
  const { ws, events } = dialled(`ws://127.0.0.1:${port}/`);
  await nextEvent(ws, outcome as 'open' | 'close');
  expect(events[0]).toBe(outcome === 'open' ? 'open' : 'error WS_ERR_TOO_MANY_HEADERS');
});

const ACCEPTED: [string, Headers][] = [
  ['other cases', { Upgrade: 'WebSocket', Connection: 'upgrade' }],
  ['Connection: keep-alive, Upgrade', { Connection: 'keep-alive, Upgrade' }],
  ['an empty list of extensions', { 'Sec-WebSocket-Extensions': '' }],
  ['more headers', { 'Set-Cookie': ['a=1', 'b=2'], 'X-A': 'é' }],
];

test.each(ACCEPTED)('%s is a right answer', async (_, changes) => {
  const port = await answering((asked) =>
    asked.socket.write(rightAnswer(asked, changes), 'latin1'),
  );
  const { ws, events } = dialled(`ws://127.0.0.1:${port}/`);
  await nextEvent(ws, 'open');
  expect(ws).toMatchObject({ version: 'hybi-13', protocol: '', extensions: '', readyState: 1 });
  expect(events).toEqual(['open']);
});

test('the server’s choice of subprotocol is shown', async () => {
  const changes = { 'Sec-WebSocket-Protocol': ' superchat ' };
  const port = await answering((asked) => asked.socket.write(rightAnswer(asked, changes)));
  const { ws } = dialled(`ws://127.0.0.1:${port}/`, ['chat', 'superchat']);
  await nextEvent(ws, 'open');
  expect(ws.protocol).toBe('superchat');
});

test('interim responses come first', async () => {
  const interim = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n';
  const port = await answering((asked) => asked.socket.write(interim + rightAnswer(asked)));
  const { ws } = dialled(`ws://127.0.0.1:${port}/`);
  await nextEvent(ws, 'open');
});

test('frames in one segment with the response are delivered', async () => {
  const port = await answering((asked) => {
    const frames = [frame(TEXT, 'one', { masked: false }), frame(TEXT, 'two', { masked: false })];
    const bye = frame(8, '', { masked: false });
    asked.socket.write(Buffer.concat([Buffer.from(rightAnswer(asked)), ...frames, bye]));
    asked.socket.end();
  });
  const { events, closed } = dialled(`ws://127.0.0.1:${port}/`);
  expect(await closed).toEqual({ code: 1005, reason: '', wasClean: true });
  expect(events).toEqual(['open', 'message one', 'message two', 'close 1005']);
});

test('a masked frame from a server fails the connection with 1002', async () => {
  let received = Buffer.alloc(0);
  const port = await answering((asked) => {
    asked.socket.on('data', (chunk) => (received = Buffer.concat([received, chunk])));
    asked.socket.on('end', () => asked.socket.end());
    asked.socket.write(Buffer.concat([Buffer.from(rightAnswer(asked)), frame(TEXT, 'x')]));
  });
  const { events, closed } = dialled(`ws://127.0.0.1:${port}/`);
  expect(await closed).toEqual(CLOSED_1006);
  expect(events).toEqual(['open', 'error WS_ERR_UNEXPECTED_MASK', 'close 1006']);
  const code = received.subarray(6, 8).map((byte, at) => byte ^ received[2 + at]);
  expect([received[0], Buffer.from(code).readUInt16BE()]).toEqual([0x88, 1002]);
});

test('the client waits for the server to end the connection', async () => {
  const port = await answering((asked) => {
    asked.socket.write(rightAnswer(asked));
    asked.socket.once('data', () => asked.socket.end(frame(8, '', { masked: false })));
  });
  const { ws, closed } = dialled(`ws://127.0.0.1:${port}/`);
  await nextEvent(ws, 'open');
  ws.close(3000, 'bye');
  expect(ws.readyState).toBe(2);
  expect(await closed).toEqual({ code: 1005, reason: '', wasClean: true });
});
