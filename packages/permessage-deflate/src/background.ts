/**
 * Messages too long for the calling thread: compressed and restored by zlib's own threads, in turns,
 * so that others need not wait until a long one is done.
 */
import type { ZlibOptions } from 'node:zlib';
import { TRAILER, invalidData, tooMuch } from './codec';
import type { Compression } from './codec';
import type { Work } from './job';
import { zlib } from './node-zlib';
import { PACED, PacedStream, TURN } from './paced-stream';
import type { Pace } from './paced-stream';
import { CHUNK_SIZE, asInvalidData, deflateOptions, owned, withoutTail } from './public-zlib';

/**
 * Each one starts a zlib context of its own with what the message may refer to, so a message of
 * nothing but final blocks would be far more work for us than for its sender.
 */
const MOST_FINAL_BLOCKS = 256;

const WINDOW = 32_768;

/** To compress takes ten times as long as to restore, whatever it comes to: a turn for every piece. */
const DEFLATING: Pace = { leastPiece: 65_536, mostPiece: 65_536, costOf: () => TURN };
/** Nothing takes as long as thousands of blocks of nothing, each with its own Huffman code. */
const INFLATING: Pace = {
  leastPiece: 16_384,
  mostPiece: 262_144,
  costOf: (piece, made) => (made * 2 < piece ? TURN : piece),
};
/** More than this is not copied at a time, on the calling thread. */
const MOST_COPIED = 2 ** 20;
const NOTHING = new Uint8Array(0);

/** A part of some work. */
type Turns<T> = AsyncGenerator<number, T, undefined>;

/** Like `Codec.deflate`, elsewhere. */
export async function* deflateInTurns(
  data: Uint8Array,
  compression: Compression,
  history: Uint8Array | null,
): Work {
  const options = { ...deflateOptions(data, compression, history), ...PACED };
  const stream = new PacedStream(zlib().createDeflateRaw(options), {
    pace: DEFLATING,
    data,
    from: 0,
    trailer: NOTHING,
    most: Infinity,
    tooMuch,
  });
  // No more than there is of the message, or hardly: it does not count.
  const held = (): number => 0;
  yield* passed(stream, held);
  return withoutTail(yield* joined(stream.pieces, held));
}

/**
 * Restores a message, however many of its blocks are marked as final (RFC 7692 §7.2.3.4).
 *
 * Holds no more than `maxBytes` and one window of it.
 *
 * @returns bytes that are the caller's
 * @throws {ExtensionError} it is not what a compressor made, or longer than `maxBytes`
 */
export async function* inflateInTurns(
  data: Uint8Array,
  maxBytes: number,
  history: Uint8Array | null,
): Work {
  const pieces: Buffer[] = [];
  let from = 0;
  let left = maxBytes;
  let before = history;
  for (let blocks = 0; blocks <= MOST_FINAL_BLOCKS; blocks++) {
    const passage = { pace: INFLATING, data, from, trailer: TRAILER, most: left, tooMuch };
    const stream = new PacedStream(zlib().createInflateRaw(streamOptions(before)), passage);
    const held = (): number => maxBytes - left + stream.length;
    yield* restored(stream, held);
    from += stream.used;
    // The end is the final block that we have put behind it, or its sender's where that came last.
    const isOver = from >= data.byteLength;
    for (const piece of isOver ? stream.pieces : kept(stream)) pieces.push(piece);
    if (isOver) return owned(yield* joined(pieces, held));
    left -= stream.length;
    before = windowAfter(before, stream);
    yield maxBytes - left;
  }
  throw invalidData(`more than ${MOST_FINAL_BLOCKS} final blocks`);
}

function streamOptions(history: Uint8Array | null): ZlibOptions {
  return { ...PACED, chunkSize: CHUNK_SIZE, ...(history !== null && { dictionary: history }) };
}

/** Like `passed`, but what zlib complains about is the peer's mistake. */
async function* restored(stream: PacedStream, held: () => number): Turns<void> {
  try {
    yield* passed(stream, held);
  } catch (error) {
    throw isZlibs(error) ? asInvalidData(error) : error;
  }
}

/** Everything goes through a stream, in as many turns as it takes. */
async function* passed(stream: PacedStream, held: () => number): Turns<void> {
  try {
    while (!(await stream.turn())) yield held();
  } finally {
    stream.close();
  }
}

/** What came out; a copy where it would keep much more memory alive than it is long. */
function kept({ pieces, length }: PacedStream): readonly Buffer[] {
  return length < WINDOW && pieces.length > 0 ? [Buffer.concat(pieces, length)] : pieces;
}

/** The last bytes of `before` and what came out then, as far back as anything may refer. */
function windowAfter(before: Uint8Array | null, { pieces }: PacedStream): Uint8Array {
  const last: Uint8Array[] = [];
  let missing = WINDOW;
  for (const piece of [...(before === null ? [] : [before]), ...pieces].reverse()) {
    if (missing === 0) break;
    const end = piece.subarray(-missing);
    last.unshift(end);
    missing -= end.byteLength;
  }
  return Buffer.concat(last);
}

/** All pieces in one. Long ones are copied in turns, too, the last first, and given back. */
async function* joined(pieces: Buffer[], held: () => number): Turns<Buffer> {
  if (pieces.length === 1) return pieces[0]!;
  let at = pieces.reduce((sum, piece) => sum + piece.byteLength, 0);
  const whole = Buffer.allocUnsafeSlow(at);
  let next = at - MOST_COPIED;
  for (let piece = pieces.pop(); piece !== undefined; piece = pieces.pop()) {
    at -= piece.byteLength;
    whole.set(piece, at);
    if (at > next || at === 0) continue;
    next = at - MOST_COPIED;
    await eventLoopTurn();
    yield held();
  }
  return whole;
}

/** By way of zlib's threads: tests may have put a clock of their own in the place of `setImmediate`. */
function eventLoopTurn(): Promise<void> {
  return new Promise((resolve) => zlib().deflateRaw(NOTHING, () => resolve()));
}

function isZlibs(error: unknown): boolean {
  return String((error as NodeJS.ErrnoException).code).startsWith('Z_');
}
