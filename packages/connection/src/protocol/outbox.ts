/**
 * The bytes of one connection that wait for the end of a chunk or tick, to leave in one write; or
 * longer, if the network does not take them.
 *
 * Frames of less than 64 KiB, and texts of up to a million characters, are written straight into memory that all
 * connections share (see `Slab`): while nobody else has claimed any since, a connection's next frame goes right behind
 * its last one, in a larger slab if need be; otherwise its run is sealed and a new one begins. Frames that many
 * connections send are a run of a slab, too, that nobody writes to again. Large payloads are kept by reference, in order
 * between the runs.
 *
 * Nothing is pinned for longer than a tick: what has to wait is copied out of the shared memory, and
 * so is a run that leaves a large slab and is but a small part of it.
 */
import { isChanged, makeRoom, newTail, type Part } from './outbox-part';
import type { SharedRun } from './shared-run';
import {
  hasRoomForLong,
  LARGEST_RUN,
  SLAB_SIZE,
  SMALL_SLAB_SIZE,
  slabWith,
  type Slab,
} from './slab';

/** The most that can be claimed at a time. */
export const LARGEST_CLAIM: number = LARGEST_RUN;

/** Of a frame, in bytes. */
export const LARGEST_HEADER = 14;
/** Payloads are copied below this many bytes. */
const COPIED_BELOW: number = 16 * 1024;
/** Payloads of this many bytes are kept by reference. In between they are copied where there is room for them. */
const REFERENCED_FROM: number = 64 * 1024;

/** Who hands bytes to the network. */
export interface OutboxWriter {
  /** Whether it can be certain of that. */
  readonly knowsReaders: boolean;
  /** @returns whether it is certain that nobody reads the memory any more */
  write(bytes: Uint8Array): boolean;
  /** The same for several pieces, which leave together. */
  writeAll(pieces: readonly Uint8Array[]): boolean;
}

/** Most connections have nothing to send most of the time: an outbox is lent to who has. */
let spare: Outbox | null = null;

/** An empty outbox, for as long as there is something in it. @param writer who will empty it */
export function lendOutbox({ knowsReaders }: OutboxWriter): Outbox {
  const outbox = spare ?? new Outbox();
  spare = null;
  outbox.copiesLong = knowsReaders;
  return outbox;
}

/** @param outbox that nothing waits in, and nobody else has */
export function giveBackOutbox(outbox: Outbox): void {
  outbox.clear();
  spare = outbox;
}

export class Outbox {
  /** Bytes that wait here, framing included. */
  bytes = 0;
  /** Whether copies of long payloads leave without being copied again. */
  copiesLong = false;
  private slab: Slab | null = null;
  private start = 0;
  private end = 0;
  private parts: Part[] | null = null;
  /** The network takes nothing now. */
  private keeps = false;

  /** The memory that `claim` is about. */
  get memory(): Buffer {
    return this.slab!.bytes;
  }

  /**
   * Whether a payload is better copied than kept by reference: header and payload leave in one piece then, which saves more
   * than the copy costs.
   */
  takesCopy(length: number): boolean {
    if (length < COPIED_BELOW) return true;
    if (length >= REFERENCED_FROM || !this.copiesLong || this.keeps) return false;
    return hasRoomForLong(length + LARGEST_HEADER);
  }

  /**
   * Reserves `size` bytes (at most `LARGEST_CLAIM`) of `memory`; returns their offset.
   *
   * @param least how many of them will be used
   */
  claim(size: number, least: number = size): number {
    const { slab } = this;
    if (slab?.isCurrent === true && this.end === slab.claimed) {
      if (slab.hasRoom(size)) return slab.claimed;
    }
    return this.claimElsewhere(size, least);
  }

  /** Says that the memory claimed last has been filled up to `end`. */
  commit(end: number): void {
    this.bytes += end - this.end;
    this.end = end;
    this.slab!.claimed = end;
  }

  /**
   * Appends bytes that are not to be copied. They must stay unchanged until they have left.
   *
   * @param headerLength how many of the bytes in front of them are to go with them
   */
  appendByReference(data: Uint8Array, headerLength = 0): void {
    this.seal();
    this.addReference(data, headerLength);
    this.bytes += data.length;
  }

  /** Appends bytes that others are sent, too: in one piece with those that lie in front of them. */
  appendShared({ slab, start, end }: SharedRun): void {
    if (slab !== this.slab || start !== this.end) {
      this.seal();
      this.begin(slab, start);
    }
    this.bytes += end - start;
    this.end = end;
  }

  /** Hands over all that waits, in order, and is empty then. */
  leaveBy(writer: OutboxWriter): void {
    this.keeps = false;
    if (this.parts === null) this.leaveRun(writer);
    else this.leaveParts(writer);
  }

  /** Moves what waits out of the shared memory, as it is not going to leave now, and what follows. */
  keep(): void {
    const { parts, keeps } = this;
    if (!keeps && parts !== null) {
      this.parts = null;
      for (const part of parts) {
        if (part.slab === null) this.add(part);
        else this.keepRun(part.bytes, part.slab);
      }
    }
    this.keeps = true;
    this.seal();
  }

  /**
   * Looks for a payload whose memory was taken away, or changed its size, since it was appended: it is
   * not what its header says. Drops it, its header, and all behind it.
   */
  dropChanged(): boolean {
    const { parts } = this;
    const at = parts?.findIndex(isChanged) ?? -1;
    if (parts === null || at === -1) return false;
    const { headerLength } = parts[at]!;
    this.seal();
    for (const { length, slab } of parts.splice(at)) {
      this.bytes -= length;
      slab?.releaseRun();
    }
    const before = parts[at - 1];
    if (before !== undefined) before.length -= headerLength;
    this.bytes -= headerLength;
    return true;
  }

  /** Forgets what waits. */
  clear(): void {
    this.seal();
    for (const { slab } of this.parts ?? []) slab?.releaseRun();
    this.parts = null;
    this.bytes = 0;
    this.keeps = false;
  }

  private claimElsewhere(size: number, least: number): number {
    const { slab, end } = this;
    if (slab !== null && canOutgrow(slab) && end === slab.claimed) this.outgrow(slab, size, least);
    else {
      this.seal();
      this.beginBehindOthers(slabWith(size, least));
    }
    return this.end;
  }

  /** Moves the run to where there is room for `size` more: in one piece it leaves quicker. */
  private outgrow(from: Slab, size: number, least: number): void {
    const { start, end } = this;
    const to = slabWith(end - start + size, end - start + least);
    this.beginBehindOthers(to);
    from.bytes.copy(to.bytes, to.claimed, start, end);
    from.claimed = start;
    from.releaseRun();
    this.end = to.claimed += end - start;
  }

  private beginBehindOthers(slab: Slab): void {
    this.begin(slab, slab.claimed);
  }

  private begin(slab: Slab, start: number): void {
    slab.addRun();
    this.slab = slab;
    this.start = this.end = start;
  }

  private leaveRun(writer: OutboxWriter): void {
    const { slab, start, end } = this;
    this.slab = null;
    this.bytes = 0;
    if (slab === null) return;
    const isCopy = isCopied(slab, end - start, writer);
    const run = slab.piece(start, end);
    if (writer.write(isCopy ? copyOf(run) : run) || isCopy) slab.releaseRun();
    else slab.abandonRun();
  }

  private leaveParts(writer: OutboxWriter): void {
    this.seal();
    const parts = this.parts!;
    this.parts = null;
    this.bytes = 0;
    const pieces = parts.map((part) => pieceOf(part, writer));
    const isFree = pieces.length === 1 ? writer.write(pieces[0]!) : writer.writeAll(pieces);
    for (const { slab, length } of parts) {
      if (slab === null) continue;
      if (isFree || isCopied(slab, length, writer)) slab.releaseRun();
      else slab.abandonRun();
    }
  }

  private seal(): void {
    const { slab, start, end } = this;
    if (slab === null) return;
    this.slab = null;
    if (start === end) slab.releaseRun();
    else {
      const bytes = slab.piece(start, end);
      if (this.keeps) this.keepRun(bytes, slab);
      else this.add({ kind: 'run', bytes, length: end - start, slab, headerLength: 0 });
    }
  }

  private addReference(bytes: Uint8Array, headerLength: number): void {
    const length = bytes.byteLength;
    this.add({ kind: 'reference', bytes, length, slab: null, headerLength });
  }

  private add(part: Part): void {
    (this.parts ??= []).push(part);
  }

  /** Copies a run behind those that were kept before, into memory that grows with them. */
  private keepRun(run: Uint8Array, slab: Slab): void {
    slab.releaseRun();
    if (slab.isShared && run.byteLength >= COPIED_BELOW) return this.addReference(run, 0);
    const last = this.parts?.at(-1);
    const tail = last?.kind === 'tail' && makeRoom(last, run.byteLength) ? last : newTail(run);
    if (tail !== last) this.add(tail);
    tail.bytes.set(run, tail.length);
    tail.length += run.byteLength;
  }
}

/**
 * Whether a run leaves by a copy, so that a slow network pins no large slab for a few bytes, and no slab
 * for long texts is lost to a stream that does not say when it has read.
 */
function isCopied(slab: Slab, length: number, writer: OutboxWriter): boolean {
  if (slab.isShared) return false;
  if (slab.size > SLAB_SIZE) return !writer.knowsReaders;
  return slab.size !== SMALL_SLAB_SIZE && length < SMALL_SLAB_SIZE;
}

/** Whether a run that does not fit into it any more is moved to a larger one. */
function canOutgrow(slab: Slab): boolean {
  return !slab.isShared && slab.size === SMALL_SLAB_SIZE;
}

function pieceOf({ slab, bytes, length }: Part, writer: OutboxWriter): Uint8Array {
  if (slab !== null && isCopied(slab, length, writer)) return copyOf(bytes);
  return length === bytes.byteLength ? bytes : bytes.subarray(0, length);
}

/** In memory of its own: what Node copies is in a pool, which is as large as a slab from Node 24 on. */
function copyOf(run: Uint8Array): Buffer {
  const copy = Buffer.allocUnsafeSlow(run.length);
  copy.set(run);
  return copy;
}
