/**
 * What a connection sends with: messages whole, as of `Sender`; in parts, as their sources make them; and
 * those that were encoded before.
 */
import { ConnectionError } from '../lifecycle/connection-error';
import type { SharedRun } from '../protocol/shared-run';
import { inThisContext } from '../support/scheduling';
import { frameOf, type EncodedOnce } from './encoded-once';
import { TEXT, type ExtensionEncoder } from './extension-encoder';
import { partOutput, type PartAccount } from './part-output';
import { mostBytesOf } from './send-account';
import { Sender } from './sender';
import type { StreamedMessage } from './streamed-message';
import type { SendCallback } from './written-callbacks';

/** What became of a message: it was sent; so much waits already that it was not; the connection is closing. */
export type Delivered = 'sent' | 'dropped' | 'closed';

export class StreamSender extends Sender implements PartAccount {
  /** Sends a message in parts, behind all that was sent before. */
  sendStream(message: StreamedMessage): void {
    if (!this.isTaking) message.stop(new ConnectionError('WS_ERR_NOT_SENT'));
    else if (this.isTooMuch('', this.waiting, mostBytesOf(''))) this.refuse(message.stop);
    else this.openQueue().addStream(message.stop, () => this.beginStream(message));
  }

  /**
   * The peer has closed: it need not take the rest of a message that is under way, nor what is behind
   * it (RFC 6455 §5.5.1).
   */
  abandonStream(): void {
    if (this.queue?.isStreaming !== true) return;
    this.queue.abandon(new ConnectionError('WS_ERR_NOT_SENT'));
  }

  /**
   * Sends a message that was encoded before: as it is, if it can be; if not, as `send()` does.
   *
   * @param mayCompress whether extensions may compress it, if that is so of the message
   * @returns whether there is room for more
   */
  sendEncoded(message: EncodedOnce, mayCompress: boolean, callback: SendCallback | null): boolean {
    const { owner, waiting } = this;
    const { data, frames, byteLength } = message;
    const most = frames.end - frames.start;
    const compress = message.compress && mayCompress;
    if (!this.isTaking || owner?.protocol.takesEncoded !== true) {
      return this.send(data, compress, callback);
    }
    if (this.isTooMuch(data, waiting, most)) return this.refuse(callback);
    owner.keepAlive?.messagePassed();
    const told = callback === null ? null : inThisContext(callback);
    if (this.queue === null) {
      const pending = this.sendOnce(message, compress, told);
      if (pending !== undefined)
        this.awaitWork({ data, byteLength, compress, callback: told }, pending);
    } else this.sendOnceInTurn(message, compress, told);
    return this.hasRoom(waiting + most);
  }

  /** Sends a message that others are sent, too. @returns what became of it */
  deliver(message: EncodedOnce): Delivered {
    const { owner, droppedMessages } = this;
    if (owner === null || !this.isTaking) return 'closed';
    this.sendEncoded(message, true, null);
    if (this.droppedMessages !== droppedMessages) return 'dropped';
    // A peer that has only text is not sent bytes: its connection is closed.
    return owner.isOpen ? 'sent' : 'closed';
  }

  private sendOnceInTurn(
    message: EncodedOnce,
    compress: boolean,
    callback: SendCallback | null,
  ): void {
    const { data, byteLength } = message;
    this.openQueue().addMessage({ data, byteLength, compress, callback }, () =>
      this.sendOnce(message, compress, callback),
    );
  }

  /** Sends a message whose turn has come: at once, unless extensions need time. */
  private sendOnce(
    message: EncodedOnce,
    compress: boolean,
    callback: SendCallback | null,
  ): void | Promise<void> {
    const { extensions } = this;
    if (extensions !== null && (compress || extensions.pipeline.takesAll)) {
      return this.extendOnce(extensions, message, compress, callback);
    }
    this.sendFrames(message.frames, message, false, callback);
  }

  private sendFrames(
    frames: SharedRun,
    { byteLength, opcode }: EncodedOnce,
    isCompressed: boolean,
    callback: SendCallback | null,
  ): void {
    this.owner!.protocol.sendEncoded(frames);
    this.sent(byteLength, opcode === TEXT, isCompressed, callback);
  }

  /** Sends what extensions make of a message that others are sent, too. */
  private extendOnce(
    extensions: ExtensionEncoder,
    message: EncodedOnce,
    compress: boolean,
    callback: SendCallback | null,
  ): void | Promise<void> {
    try {
      const result = extensions.encodeOnce(message, compress);
      if ('then' in result) return this.extendLater(result, message.payload, callback);
      this.sendFrames(frameOf(message, result), message, result.rsv !== 0, callback);
    } catch (error) {
      return Promise.resolve().then(() => this.failExtended(error));
    }
  }

  private beginStream(message: StreamedMessage): void | Promise<void> {
    const { pipeline } = this.extensions ?? {};
    return message.begin(partOutput(this.owner!, this, pipeline, message.compress));
  }
}
