/**
 * The text of a message as it was received: UTF-8 that was found valid, and is not decoded. It is what
 * `event.data` is where the settings say `textAsBytes`; its memory is the listener's.
 */
export class TextBytes extends Uint8Array {
  /** A view of the same memory. */
  static over({ buffer, byteOffset, byteLength }: Uint8Array): TextBytes {
    return new TextBytes(buffer as ArrayBuffer, byteOffset, byteLength);
  }

  /** Decodes it. */
  override toString(): string {
    return Buffer.from(this.buffer, this.byteOffset, this.byteLength).toString();
  }
}
