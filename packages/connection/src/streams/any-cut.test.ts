/** However messages are cut into frames, and frames into chunks: `ws.messages()` gives the same. */
import fc from 'fast-check';
import { anyText } from '../../../common/test/any-text';
import { CLIENT, encodeFrame, OPCODE, SERVER } from '@ws/frame-parser';
import type { OutgoingFrame, Role } from '@ws/frame-parser';
import { ENDS, Joined } from '../../test/memory-opening';
import { closing } from '../../test/message-parts';
import type { WebSocket } from '../api/websocket';
import type { ReadableMessage } from './readable-message';

type Data = string | Buffer;

/** How a message is read: all at once, or chunk by chunk. */
type Reading = 'at once' | 'by chunks';

/** `bytes`, cut at these places. */
function pieces(bytes: Buffer, places: readonly number[]): Buffer[] {
  const cuts = [...new Set(places.map((place) => place % (bytes.byteLength + 1)))].sort(
    (one, other) => one - other,
  );
  const starts = [0, ...cuts];
  return starts.map((start, index) => bytes.subarray(start, starts[index + 1]));
}

function framesOf(data: Data, cuts: readonly number[]): OutgoingFrame[] {
  const first = typeof data === 'string' ? OPCODE.TEXT : OPCODE.BINARY;
  const payloads = pieces(Buffer.from(data as string), cuts);
  return payloads.map((payload, index) => ({
    opcode: index === 0 ? first : OPCODE.CONTINUATION,
    payload,
    fin: index === payloads.length - 1,
  }));
}

/** All chunks together; no chunk is empty, none of text ends within a code point. */
async function join(message: ReadableMessage, reading: Reading): Promise<Data> {
  if (reading === 'at once') return message.type === 'text' ? message.text() : message.bytes();
  const chunks: Data[] = [];
  for await (const chunk of message) {
    expect(chunk).not.toHaveLength(0);
    if (typeof chunk === 'string') expect(Buffer.from(chunk).toString()).toBe(chunk);
    if (chunks.length % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
    chunks.push(chunk);
  }
  return message.type === 'text' ? chunks.join('') : Buffer.concat(chunks as Buffer[]);
}

async function readAll(ws: WebSocket, readings: readonly Reading[]): Promise<Data[]> {
  const messages: Data[] = [];
  for await (const message of ws.messages()) {
    messages.push(await join(message, readings[messages.length]));
  }
  return messages;
}

const places = fc.array(fc.nat(1_000_000), { maxLength: 6 });
const data = fc.oneof(
  anyText({ maxLength: 300 }),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
);
const messages = fc.array(
  fc.record({ data, cuts: places, reading: fc.constantFrom<Reading>('at once', 'by chunks') }),
  { maxLength: 5 },
);

test.each(ENDS)('any cut gives the same, on a %s', async (end) => {
  const role: Role = end === 'client' ? SERVER : CLIENT;
  const property = fc.asyncProperty(
    messages,
    places,
    fc.constantFrom(0, 100, 65_536),
    async (sent, chunkCuts, highWaterMark) => {
      const joined = new Joined('hybi-13', { highWaterMark }).open();
      const received = readAll(
        joined[end],
        sent.map(({ reading }) => reading),
      );
      const frames = [...sent.flatMap((one) => framesOf(one.data, one.cuts)), closing];
      const wire = Buffer.concat(frames.map((frame) => encodeFrame(role, frame)));
      const far = end === 'client' ? joined.serverSide : joined.clientSide;
      for (const chunk of pieces(wire, chunkCuts)) far.write(chunk);
      expect(await received).toEqual(sent.map((one) => one.data));
    },
  );
  await fc.assert(property, { numRuns: 100 });
});
