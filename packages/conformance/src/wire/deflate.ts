/**
 * The messages of permessage-deflate (RFC 7692 §7.2), on zlib's synchronous calls. The window is kept
 * here, as the octets that came last, and handed to zlib as a dictionary: so both what the endpoint
 * may refer to and what it may not are the suite's own doing.
 */
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import type { DeflateAgreement, SenderSettings } from './deflate-parameters';

/** What flushing leaves at the end of a message, and §7.2.1 takes away. */
const TAIL = Buffer.from([0x00, 0x00, 0xff, 0xff]);

/**
 * zlib finds a reference beyond the window only where it does not reach into what the same call has
 * put out; small windows are checked to within so many octets.
 */
const FINE_CHUNK = 64;

export class MessageDeflate {
  readonly #deflating: Window;
  readonly #inflating: Window;

  constructor({ suite, endpoint }: DeflateAgreement) {
    this.#deflating = new Window(suite);
    this.#inflating = new Window(endpoint);
  }

  compress(message: Buffer): Buffer {
    const compressed = deflateRawSync(message, {
      ...this.#deflating.options(),
      finishFlush: constants.Z_SYNC_FLUSH,
    });
    this.#deflating.slide(message);
    return compressed.subarray(0, compressed.length - TAIL.length);
  }

  /** @throws {Error} when the octets do not inflate within what was agreed on */
  inflate(compressed: Buffer): Buffer {
    const options = this.#inflating.options();
    const message = inflateRawSync(Buffer.concat([compressed, TAIL]), {
      ...options,
      finishFlush: constants.Z_SYNC_FLUSH,
      ...(options.windowBits < 15 ? { chunkSize: FINE_CHUNK } : {}),
    });
    this.#inflating.slide(message);
    return message;
  }
}

class Window {
  readonly #settings: SenderSettings;
  #octets: Buffer = Buffer.alloc(0);

  constructor(settings: SenderSettings) {
    this.#settings = settings;
  }

  options(): { windowBits: number; dictionary?: Buffer } {
    const { windowBits } = this.#settings;
    return this.#octets.length === 0 ? { windowBits } : { windowBits, dictionary: this.#octets };
  }

  /** Moves over a message; without context takeover nothing of it is kept. */
  slide(message: Buffer): void {
    const { contextTakeover, windowBits } = this.#settings;
    if (!contextTakeover) return;
    const size = 2 ** windowBits;
    const both = message.length >= size ? message : Buffer.concat([this.#octets, message]);
    this.#octets = Buffer.from(both.subarray(Math.max(0, both.length - size)));
  }
}
