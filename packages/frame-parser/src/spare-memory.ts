/**
 * Memory that messages are assembled in while they arrive, and that nobody outside gets to see: so it
 * is used again, without the page faults and the garbage of new memory.
 *
 * Of each size one piece is kept, 1.3 MiB together. Larger pieces are left to the garbage collector.
 */
import { allocateApart } from './runtime';

/** Each size is so many times the one before. */
export const GROWTH = 4;

const SMALLEST = 0x1000;
const LARGEST = 0x10_0000;

const spares = new Map<number, Uint8Array>();

/**
 * At least `wanted` bytes, with anything in them; at most `GROWTH` times as many, or 4 KiB. Never more
 * than `most`, unless it is memory that is used again.
 */
export function lendMemory(wanted: number, most: number): Uint8Array {
  if (wanted > LARGEST) return allocateApart(Math.min(wanted * GROWTH, most));
  // Small messages of many connections are not to take 4 KiB each.
  if (wanted * GROWTH < SMALLEST) return allocateApart(Math.min(wanted * GROWTH, most));
  let size = SMALLEST;
  while (size < wanted) size *= GROWTH;
  const spare = spares.get(size);
  if (spare === undefined) return allocateApart(size);
  spares.delete(size);
  return spare;
}

/** Takes memory back of which nobody has a view any more. */
export function giveBackMemory(bytes: Uint8Array): void {
  const { length } = bytes;
  if (length < SMALLEST || length > LARGEST || !isSize(length)) return;
  spares.set(length, bytes);
}

/** A power of four. */
function isSize(length: number): boolean {
  return (length & (length - 1)) === 0 && (length & 0x5555_5555) !== 0;
}
