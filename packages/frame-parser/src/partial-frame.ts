/**
 * What is known of a frame until its last byte is here.
 *
 * Between chunks most decoders are between frames and need none of it: one record is lent to
 * whichever decoder runs, and only a decoder that waits in the middle of a frame keeps it.
 */
import { createFrameHeader, type FrameHeader } from './frame-header';

/** As `PartialFrame.remaining`: no whole header is here. */
export const BETWEEN_FRAMES = -1;

export class PartialFrame {
  readonly header: FrameHeader = createFrameHeader();
  /** Payload bytes still to come, or BETWEEN_FRAMES. */
  remaining: number = BETWEEN_FRAMES;
  /** The masking key as the next payload byte sees it. */
  key = 0;
  /** The start of a header that a chunk's end has cut. */
  cutHeader: Uint8Array | null = null;
  /** Bytes in `cutHeader`. */
  cutLength = 0;

  /** Nothing of a frame is here: what the record says is of no more use. */
  get isEmpty(): boolean {
    return this.remaining === BETWEEN_FRAMES && this.cutHeader === null;
  }
}

let spare: PartialFrame | null = null;

/** An empty record, for a decoder that starts to read. */
export function borrowFrame(): PartialFrame {
  const frame = spare ?? new PartialFrame();
  spare = null;
  return frame;
}

/** Takes an empty record back, for the next decoder that reads. */
export function giveBackFrame(frame: PartialFrame): void {
  spare = frame;
}
