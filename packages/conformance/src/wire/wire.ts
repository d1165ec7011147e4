/** What a conversation needs of a wire version: to write frames, and to read them as they come. */
import type { FrameSpec } from '../model/case';

export interface ReceivedFrame extends FrameSpec {
  /** What is wrong with it, in words; undefined if nothing is. */
  readonly fault?: string | undefined;
}

export interface Wire {
  /** The octets of a frame, ready to be sent. */
  encode(frame: FrameSpec): Buffer;
  /**
   * Reads the next octets; returns the frames that they complete. The frames' payloads may be views
   * of `chunk`. Returns nothing more after a frame from which it cannot recover.
   */
  read(chunk: Buffer): ReceivedFrame[];
  /** Whether there is no closing frame: the end of TCP is all there is (draft 75). */
  readonly closesByEnding: boolean;
}
