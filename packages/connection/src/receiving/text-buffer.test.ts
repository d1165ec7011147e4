/** `textType: 'buffer'` from end to end: text that is a Buffer stays text wherever it is sent. */
import { Pipeline } from '@ws/extensions';
import type { ProtocolVersion } from '@ws/handshake';
import { ControlledSession, RSV1 } from '../../test/controlled-extension';
import { settled } from '../../test/duplex-pair';
import { Joined } from '../../test/memory-opening';
import { MessageEvent } from '../api/events';
import { prepareMessage } from '../api/prepared-message';
import type { WebSocket } from '../api/websocket';
import type { ConnectionOptions } from '../options';
import { TextBuffer } from './text-buffer';

const SNOWMAN = '☃ snowman';
const LONG = 'long ☃ '.repeat(4000);
const BUFFERS: ConnectionOptions = { textType: 'buffer' };
const textBuffer = (text: string): TextBuffer => TextBuffer.over(Buffer.from(text));
const extending = (): Pipeline => new Pipeline([new ControlledSession()], RSV1);

/** What a WebSocket hears, in a form that tells text from bytes. */
function heardBy(ws: WebSocket): string[] {
  const heard: string[] = [];
  ws.onmessage = ({ isBinary, data }) =>
    heard.push(`${isBinary ? 'binary' : 'text'} ${String(data)}`);
  return heard;
}

test('it is a Buffer; a part or a copy of it is one like all others', () => {
  const text = textBuffer(SNOWMAN);
  expect(Buffer.isBuffer(text)).toBe(true);
  expect(text.toString()).toBe(SNOWMAN);
  expect(text.equals(Buffer.from(SNOWMAN))).toBe(true);
  const others = [
    text.subarray(1),
    Buffer.from(text),
    text.map((byte) => byte),
    text.filter(Boolean),
  ];
  for (const other of others) {
    expect(Buffer.isBuffer(other)).toBe(true);
    expect(other).not.toBeInstanceOf(TextBuffer);
  }
});

test.each([
  ['a string', 'a', false],
  ['text as a Buffer', textBuffer('a'), false],
  ['a Buffer', Buffer.from('a'), true],
  ['an ArrayBuffer', new ArrayBuffer(1), true],
  ['a Blob', new Blob(['a']), true],
])('isBinary of an event with %s', (_, data, expected) => {
  const event = new MessageEvent(new Joined().client, data as Buffer);
  expect(event.isBinary).toBe(expected);
  expect(Object.keys(event)).toEqual(['type', 'data']);
});

test.each(['nodebuffer', 'arraybuffer', 'uint8array'] as const)(
  'binaryType %s has no say over it',
  async (binaryType) => {
    const { client, server } = new Joined('hybi-13', BUFFERS).open();
    Object.assign(server, { binaryType });
    const heard: unknown[] = [];
    server.onmessage = ({ data, isBinary }) => heard.push([data instanceof TextBuffer, isBinary]);
    client.send('text');
    client.send(Buffer.of(1));
    await settled();
    expect(heard).toEqual([
      [true, false],
      [false, true],
    ]);
  },
);

const KINDS: [string, () => Joined][] = [
  ...(['hybi-13', 'hixie-76', 'hixie-75'] as ProtocolVersion[]).map(
    (version): [string, () => Joined] => [version, () => new Joined(version, BUFFERS)],
  ),
  [
    'an extension',
    () => new Joined('hybi-13', BUFFERS, { client: extending(), server: extending() }),
  ],
];

describe.each(KINDS)('%s', (name, join) => {
  const ways: [string, (ws: WebSocket, data: TextBuffer) => unknown][] = [
    ['send()', (ws, data) => ws.send(data)],
    ['a prepared message', (ws, data) => ws.send(prepareMessage(data))],
    ['sendStream()', (ws, data) => ws.sendStream([data])],
    [
      'stream()',
      (ws, data) => {
        const stream = ws.stream({ objectMode: true });
        return stream.on('error', () => undefined).write(data);
      },
    ],
    ['webStreams()', (ws, data) => ws.webStreams().writable.getWriter().write(data)],
  ];

  test.each(ways)('%s sends it as text, whichever end it is', async (_, sendBy) => {
    for (const [from, to] of [
      ['client', 'server'],
      ['server', 'client'],
    ] as const) {
      for (const text of ['', SNOWMAN, LONG]) {
        const joined = join();
        const heard = heardBy(joined[to]);
        joined.open();
        void sendBy(joined[from], textBuffer(text));
        await settled();
        await settled();
        expect(heard).toEqual([`text ${text}`]);
        joined[from].terminate();
      }
    }
  });

  test('sent before the connection is open it is text, too', async () => {
    const joined = join();
    const heard = heardBy(joined.server);
    joined.client.send(textBuffer(SNOWMAN));
    joined.open();
    await settled();
    expect(heard).toEqual([`text ${SNOWMAN}`]);
  });

  const echoes: [string, (ws: WebSocket) => unknown][] = [
    ['a listener', (ws) => (ws.onmessage = ({ data }) => ws.send(data))],
    ['pipe()', (ws) => ws.pipe(ws)],
    [
      'stream()',
      (ws) => {
        const stream = ws.stream({ objectMode: true }).on('error', () => undefined);
        return stream.pipe(stream);
      },
    ],
    [
      'webStreams()',
      (ws) => {
        const { readable, writable } = ws.webStreams();
        return readable.pipeTo(writable).catch(() => undefined);
      },
    ],
    [
      'an iteration',
      async (ws) => {
        for await (const message of ws) ws.send(message);
      },
    ],
  ];

  test.each(echoes)('%s sends back text as text, and bytes as bytes', async (_, echo) => {
    const joined = join().open();
    const heard = heardBy(joined.client);
    void echo(joined.server);
    joined.client.send(SNOWMAN);
    if (!name.startsWith('hixie')) joined.client.send(Buffer.from('bytes'));
    await settled();
    await settled();
    const bytes = name.startsWith('hixie') ? [] : ['binary bytes'];
    expect(heard).toEqual([`text ${SNOWMAN}`, ...bytes]);
    joined.client.close();
    await settled();
  });
});

test('a stream of bytes has bytes, and sends them', async () => {
  const { client, server } = new Joined('hybi-13', BUFFERS).open();
  const heard = heardBy(client);
  const stream = server.stream();
  const chunks: unknown[] = [];
  stream.on('data', (chunk) => chunks.push(chunk));
  client.send('text');
  stream.write(textBuffer('bytes'));
  await settled();
  expect(chunks).toEqual([Buffer.from('text')]);
  expect(chunks[0]).not.toBeInstanceOf(TextBuffer);
  expect(heard).toEqual(['binary bytes']);
  stream.end();
  await settled();
});
