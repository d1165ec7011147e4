/** The option `textType: 'buffer'`: text is checked as ever, and delivered as the bytes that it came in. */
import { Pipeline } from '@ws/extensions';
import { CLIENT as PEER, encodeFrame, OPCODE } from '@ws/frame-parser';
import type { OutgoingFrame } from '@ws/frame-parser';
import { ControlledSession, RSV1 } from '../../test/controlled-extension';
import { settled, Side } from '../../test/duplex-pair';
import { MemoryOpening, record } from '../../test/memory-opening';
import { closing, first, last, nextOf, text } from '../../test/message-parts';
import { WebSocket } from '../api/websocket';
import { connectionSettings, type ConnectionOptions } from '../options';
import { SERVER } from '../protocol/role';
import { TextBuffer } from './text-buffer';

interface Server {
  readonly ws: WebSocket;
  readonly events: unknown[][];
  readonly receive: (...frames: OutgoingFrame[]) => Promise<void>;
  /** Ends the peer's direction of the stream. */
  readonly end: () => void;
}

function serve(pipeline: Pipeline | null = null, options: ConnectionOptions = {}): Server {
  const [stream, far] = Side.pair();
  const opening = new MemoryOpening(SERVER, { stream, pipeline });
  const ws = new WebSocket(opening, connectionSettings({ ...options, textType: 'buffer' }));
  opening.open();
  return {
    ws,
    events: record(ws),
    receive: async (...frames) => {
      far.write(Buffer.concat(frames.map((frame) => encodeFrame(PEER, frame))));
      await settled();
    },
    end: () => far.end(),
  };
}

const bytes = (data: string): TextBuffer => TextBuffer.over(Buffer.from(data));
const marked: OutgoingFrame = { ...text('☃ compressed'), rsv: RSV1 };
const controlled = (): Pipeline => new Pipeline([new ControlledSession()], RSV1);

test.each([
  ['in one frame', null, [text('☃')], '☃'],
  ['in fragments', null, [first('a'), last('b')], 'ab'],
  ['of no length', null, [text('')], ''],
  ['behind an extension', controlled(), [marked], '☃ compressed'],
])('text %s', async (_how, pipeline, frames, expected) => {
  const { ws, events, receive } = serve(pipeline);
  await receive(...frames, { opcode: OPCODE.BINARY, payload: Buffer.of(1) });
  expect(events).toEqual([
    ['message', bytes(expected)],
    ['message', Buffer.of(1)],
  ]);
  const [[, data]] = events;
  expect(data).toBeInstanceOf(TextBuffer);
  expect(String(data)).toBe(expected);
  expect(events[1][1]).not.toBeInstanceOf(TextBuffer);
  ws.terminate();
});

test.each([
  ['', null, 0],
  [' behind an extension', controlled(), RSV1],
])('what is no UTF-8 fails the connection%s', async (_where, pipeline, rsv) => {
  const { events, receive } = serve(pipeline);
  await receive({ opcode: OPCODE.TEXT, payload: Buffer.of(0xff), rsv });
  expect(events).toEqual([['error', 'WS_ERR_INVALID_UTF8']]);
});

test('it waits for a listener as every message does, and comes one per turn if asked for', async () => {
  const { ws, receive, end } = serve(null, { delivery: 'turn' });
  ws.onmessage = null;
  await receive(text('a'), text('b'), closing);
  end();
  const heard: string[] = [];
  for await (const message of ws) heard.push((message as TextBuffer).toString());
  expect(heard).toEqual(['a', 'b']);
});

test('messages() has text as strings all the same', async () => {
  const { ws, receive } = serve();
  ws.onmessage = null;
  await receive(text('waited'), text('☃'));
  const reader = ws.messages();
  expect(await (await nextOf(reader)).text()).toBe('waited');
  const message = await nextOf(reader);
  expect([message.type, await message.text()]).toEqual(['text', '☃']);
  ws.terminate();
});
