/**
 * The cells of the matrix: what is sent, over how many connections, how many at a time.
 *
 * A cell is plain data: it is handed to the load process as JSON, and its name is what the table
 * shows and what `--cells` selects. cN = connections, PN = messages in flight on each.
 */
import type { Content } from './frames';
import type { PeerOptions } from './peers/peer';

/** Every message comes back to its sender. */
export interface EchoCell {
  readonly kind: 'echo';
  readonly name: string;
  /** Payload length in bytes. */
  readonly size: number;
  readonly content: Content;
  readonly connections: number;
  /** Messages in flight on each connection. */
  readonly inFlight: number;
}

/** Like `EchoCell`, but JSON text, one message in flight, and both ends compress. */
export interface DeflateCell {
  readonly kind: 'deflate';
  readonly name: string;
  /** Length of a message in bytes, before it is compressed. */
  readonly size: number;
  readonly connections: number;
  /** How the server compresses. */
  readonly deflate: PeerOptions['deflate'];
}

/** What one publisher sends together goes to every subscriber; more follows when all have it. */
export interface BroadcastCell {
  readonly kind: 'broadcast';
  readonly name: string;
  /** Payload length in bytes. */
  readonly size: number;
  readonly subscribers: number;
  /** Messages that are published together, in one tick of the server. */
  readonly messages: number;
  /** Whether all of them compress, by the peer's defaults; then it is JSON text. */
  readonly compressed: boolean;
}

/** Connect, upgrade, close, over and over. */
export interface HandshakeCell {
  readonly kind: 'handshake';
  readonly name: string;
  /** Handshakes under way at a time. */
  readonly inFlight: number;
}

export type Cell = EchoCell | DeflateCell | BroadcastCell | HandshakeCell;

const KIB = 1024;
const MIB = 1024 * KIB;

export const CELLS: readonly Cell[] = [
  echo(16, 'binary', 1, 1),
  echo(16, 'binary', 100, 1),
  echo(16, 'binary', 1000, 1),
  echo(16, 'binary', 100, 16),
  echo(125, 'text', 100, 16),
  echo(125, 'UTF-8 text', 100, 16),
  echo(KIB, 'binary', 100, 16),
  echo(KIB, 'text', 100, 16),
  echo(KIB, 'UTF-8 text', 100, 16),
  echo(16 * KIB, 'binary', 100, 1),
  echo(16 * KIB, 'binary', 100, 16),
  echo(64 * KIB, 'binary', 100, 1),
  echo(MIB, 'binary', 1, 1),
  echo(MIB, 'text', 1, 1),
  echo(MIB, 'UTF-8 text', 1, 1),
  echo(16 * MIB, 'binary', 1, 1),
  echo(16 * MIB, 'text', 1, 1),
  deflate(64, 100, 'JSON deflate'),
  deflate(64, 100, 'JSON deflate threshold 0', { threshold: 0 }),
  deflate(KIB, 100, 'JSON deflate'),
  deflate(KIB, 100, 'JSON deflate takeover', { serverNoContextTakeover: false }),
  deflate(16 * KIB, 100, 'JSON deflate'),
  broadcast(125, 1),
  broadcast(125, 16),
  broadcast(KIB, 1, true),
  { kind: 'handshake', name: 'handshakes', inFlight: 16 },
];

/** What is measured of clients, which echo what a server sends. */
export const CLIENT_CELLS: readonly EchoCell[] = [
  echo(16, 'binary', 1, 1),
  echo(16, 'binary', 100, 1),
  echo(16, 'binary', 100, 16),
  echo(KIB, 'binary', 100, 16),
  echo(KIB, 'text', 100, 16),
  echo(64 * KIB, 'binary', 100, 1),
  echo(MIB, 'binary', 1, 1),
  echo(MIB, 'text', 1, 1),
];

function echo(size: number, content: Content, connections: number, inFlight: number): EchoCell {
  const name = `${sizeName(size)} ${content} c${connections} P${inFlight}`;
  return { kind: 'echo', name, size, content, connections, inFlight };
}

/** @param options of the server; by default its own defaults */
function deflate(
  size: number,
  connections: number,
  content: string,
  options: PeerOptions['deflate'] = true,
): DeflateCell {
  const name = `${sizeName(size)} ${content} c${connections} P1`;
  return { kind: 'deflate', name, size, connections, deflate: options };
}

/** To a thousand subscribers. */
function broadcast(size: number, messages: number, compressed = false): BroadcastCell {
  const content = compressed ? ' JSON deflate' : '';
  const burst = messages === 1 ? '' : ` P${messages}`;
  const name = `broadcast ${sizeName(size)}${content} 1 to 1000${burst}`;
  return { kind: 'broadcast', name, size, subscribers: 1000, messages, compressed };
}

export function sizeName(size: number): string {
  if (size >= MIB) return `${size / MIB} MiB`;
  return size >= KIB ? `${size / KIB} KiB` : `${size} B`;
}
