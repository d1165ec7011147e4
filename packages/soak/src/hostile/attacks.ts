/** What attackers do, as data. */
import {
  BINARY,
  compressedText,
  CONTINUATION,
  fragment,
  frame,
  PING,
  PONG,
  repeated,
  TEXT,
} from './frames';
import type { OpeningName } from './opening';

/** Bytes that go to an open connection, as fast as it takes them. */
export interface Flood {
  readonly kind: 'flood';
  readonly opening: OpeningName;
  /** `/close` is closed by the server as soon as it is open; everything else is echoed. */
  readonly path?: string;
  /** Comes first, then `burst` so many `times`, then `last`; then all begins anew. */
  readonly first?: Buffer;
  readonly burst: Buffer;
  /** Default: for ever. */
  readonly times?: number;
  readonly last?: Buffer;
  /** Bytes behind which an attacker only waits, about. */
  readonly most: number;
  /** Whether what the server sends is read. */
  readonly reads: boolean;
  /** Whether a burst waits for something to come back of the one before. */
  readonly waits?: boolean;
}

/** Connections that begin and end, one after the other. */
export interface Visits {
  readonly kind: 'resets' | 'refusals';
}

export interface Attack {
  /** In a few words, for people. */
  readonly title: string;
  /** Whether the server compresses; false unless given. */
  readonly deflate?: boolean;
  /** Whether there are servers other than this toolkit's that know what it is about; true unless given. */
  readonly isForAll?: boolean;
  /** Connections at a time. */
  readonly connections: number;
  /** Made when it is wanted, since some take long. */
  readonly make: () => Flood | Visits;
}

const MB = 1_000_000;
const MOST = 600 * MB;
/** Bytes of a burst of small frames, about. */
const BURST = 65_536;

/** Without an attack: what the machine itself does to the figures. */
export const NOBODY = 'nobody';

export const ATTACKS: ReadonlyMap<string, Attack> = new Map<string, Attack>([
  [NOBODY, { title: 'no attack', connections: 0, make: () => ({ kind: 'resets' }) }],
  ['text-then-bytes', compressed('60 MB in one text, then 200,000 of a byte', 1, textThenBytes)],
  ['small-bombs', compressed('texts of 150 B that become 128 KiB', 20, smallBombs)],
  ['big-bombs', compressed('texts that become 66 MB, one at a time', 8, bigBombs)],
  ['empty-fragments', plain('messages of a million empty fragments', 10, () => fragments(''))],
  ['byte-fragments', plain('messages of a million fragments of a byte', 10, () => fragments('a'))],
  ['behind-close', plain('texts behind the server’s own close', 10, behindClose)],
  [
    'hixie-skipped',
    { ...plain('hixie-76 frames to be skipped', 10, hixieSkipped), isForAll: false },
  ],
  ['unread-echo', plain('64 KiB messages, their echoes unread', 1, unreadEcho)],
  ['unread-pings', plain('pings, their pongs unread', 1, () => controls(PING, false))],
  ['pongs', plain('pongs that nobody asked for', 1, () => controls(PONG, true))],
  ['small-messages', plain('messages of two bytes', 1, smallMessages)],
  ['resets', plain('connections that are opened and reset', 20, () => ({ kind: 'resets' }))],
  ['refusals', plain('bad requests', 20, () => ({ kind: 'refusals' }))],
]);

/** @throws {RangeError} when there is none; the message lists the names. */
export function attackNamed(name: string): Attack {
  const attack = ATTACKS.get(name);
  if (attack !== undefined) return attack;
  const names = [...ATTACKS.keys()].join(', ');
  throw new RangeError(`no attack is called '${name}'; the attacks are ${names}`);
}

function plain(title: string, connections: number, make: Attack['make']): Attack {
  return { title, connections, make };
}

function compressed(title: string, connections: number, make: Attack['make']): Attack {
  return { title, connections, make, deflate: true };
}

/** In one write: the bytes are there before the server is done with the text. */
function textThenBytes(): Flood {
  const burst = Buffer.concat([compressedText(60 * MB), repeated(frame(TEXT, 'a'), 200_000)]);
  return { kind: 'flood', opening: 'deflate', burst, most: MOST, reads: true, waits: true };
}

function smallBombs(): Flood {
  const burst = burstOf(compressedText(131_072));
  return { kind: 'flood', opening: 'deflate', burst, most: MOST, reads: true };
}

/** Each is received whole: it is within the limit of 64 MiB. */
function bigBombs(): Flood {
  const burst = compressedText(66 * MB);
  return { kind: 'flood', opening: 'deflate', burst, most: MOST, reads: true, waits: true };
}

function fragments(payload: string): Flood {
  const first = fragment(TEXT);
  const burst = repeated(fragment(CONTINUATION, payload), 10_000);
  const last = frame(CONTINUATION);
  const rest = { times: 100, last, most: MOST, reads: true };
  return { kind: 'flood', opening: 'plain', first, burst, ...rest };
}

function behindClose(): Flood {
  const burst = burstOf(frame(TEXT, 'a'));
  return { kind: 'flood', opening: 'plain', path: '/close', burst, most: MOST, reads: true };
}

/** A frame type from 0x80 on has a length, here 0: its data are skipped. */
function hixieSkipped(): Flood {
  const burst = burstOf(Buffer.of(0x80, 0x00));
  return { kind: 'flood', opening: 'hixie-76', burst, most: MOST, reads: true };
}

function unreadEcho(): Flood {
  const burst = frame(BINARY, Buffer.alloc(65_536));
  return { kind: 'flood', opening: 'plain', burst, most: MOST, reads: false };
}

function controls(opcode: number, reads: boolean): Flood {
  const burst = burstOf(frame(opcode, Buffer.alloc(125)));
  return { kind: 'flood', opening: 'plain', burst, most: MOST, reads };
}

function smallMessages(): Flood {
  const burst = burstOf(frame(BINARY, 'ab'));
  return { kind: 'flood', opening: 'plain', burst, most: MOST, reads: true };
}

function burstOf(bytes: Buffer): Buffer {
  return repeated(bytes, Math.ceil(BURST / bytes.length));
}
