/** What an outbox consists of, in the order in which it leaves. */
import type { Slab } from './slab';

const FIRST_TAIL = 256;
const LARGEST_TAIL = 65_536;

/** A run of a slab; memory of the outbox's own, with room behind it; or a payload by reference. */
type PartKind = 'run' | 'tail' | 'reference';

export interface Part {
  readonly kind: PartKind;
  bytes: Uint8Array;
  length: number;
  /** The slab that a run is in. */
  readonly slab: Slab | null;
  /** Of a payload by reference, how many bytes in front of it are its header. */
  readonly headerLength: number;
}

/** Memory for a run that has to wait, and for what comes behind it. */
export function newTail({ byteLength }: Uint8Array): Part {
  const bytes = Buffer.allocUnsafeSlow(Math.max(FIRST_TAIL, byteLength));
  return { kind: 'tail', bytes, length: 0, slab: null, headerLength: 0 };
}

/** @returns whether so many bytes fit into this tail, or one in its place */
export function makeRoom(tail: Part, byteLength: number): boolean {
  const wanted = tail.length + byteLength;
  if (wanted <= tail.bytes.byteLength) return true;
  if (wanted > LARGEST_TAIL) return false;
  const grown = Buffer.allocUnsafeSlow(Math.max(wanted, tail.bytes.byteLength * 2));
  grown.set(tail.bytes.subarray(0, tail.length));
  tail.bytes = grown;
  return true;
}

/** Whether its memory was taken away, or has changed its size, since it was appended. */
export function isChanged({ kind, bytes, length }: Part): boolean {
  return kind === 'reference' && bytes.byteLength !== length;
}
