/**
 * Frames that many connections send. Those made one after another lie side by side: what is published in
 * one tick leaves each connection in one piece, and nothing is copied for any of them.
 */
import { Slab } from './slab';

/** Part of a slab. */
export interface SharedRun {
  readonly slab: Slab;
  readonly start: number;
  readonly end: number;
}

/** A slow network pins one slab for a connection, however little it is sent of it. */
const SHARED_SLAB_SIZE = 16_384;
/** Longer frames are as well off in memory of their own. */
const LARGEST_SHARED = SHARED_SLAB_SIZE / 4;

let current: Slab = new Slab(Buffer.allocUnsafeSlow(SHARED_SLAB_SIZE), true);

/** Frames in memory of their own. Nobody may change it any more. */
export function ownRun({ buffer, byteOffset, byteLength }: Uint8Array): SharedRun {
  const slab = new Slab(Buffer.from(buffer, byteOffset, byteLength), true);
  return { slab, start: 0, end: byteLength };
}

/** Frames behind those that were made before, if they are short. Nobody may change them any more. */
export function sharedRun(frames: Uint8Array): SharedRun {
  const { byteLength } = frames;
  if (byteLength > LARGEST_SHARED) return ownRun(frames);
  if (!current.hasRoom(byteLength)) {
    current = new Slab(Buffer.allocUnsafeSlow(SHARED_SLAB_SIZE), true);
  }
  const slab = current;
  const start = slab.claimed;
  const end = start + byteLength;
  slab.bytes.set(frames, start);
  slab.claimed = end;
  return { slab, start, end };
}
