/**
 * Memory that sockets are read into, over and over: chunks in it are lent to a decoder for one call of
 * `push()`. Whatever has to stay is copied out of it. Where there is SIMD, it is the memory of its module.
 */
import { allocateApart, view } from './runtime';
import { simd } from './simd';

const LENGTH = 0x1_0000;

let lent: Uint8Array | null = null;
let memory: ArrayBufferLike | null = null;

/** What was asked for last: a chunk of many messages is asked for once for each of them. */
let latest: Uint8Array | null = null;
let isLatestBorrowed = false;

/**
 * Where to read to, before `push()`: 64 KiB, the same for every caller in this process; a Buffer where
 * there are Buffers. What is in it is of no more use when `push()` has returned, so that one read at a
 * time may use it. For `@ws/connection`; nobody else's views of it are safe.
 */
export function receiveBuffer(): Uint8Array {
  if (lent === null) {
    const fast = simd();
    lent = fast === null ? allocateApart(LENGTH) : view(new Uint8Array(fast.memory), 0, LENGTH);
    memory = lent.buffer;
  }
  return lent;
}

/** Whether `bytes` are in the receive buffer, and so will be something else soon. */
export function isBorrowed(bytes: Uint8Array): boolean {
  // The memory of an array is looked up in C++, which costs more than all else that is done for a small message.
  if (bytes !== latest) {
    latest = bytes;
    isLatestBorrowed = bytes.buffer === memory;
  }
  return isLatestBorrowed;
}
