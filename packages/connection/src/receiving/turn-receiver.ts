/**
 * The receiver of `delivery: 'turn'`: behind a message nothing more is read or delivered in that turn of
 * the event loop. What follows (control frames, the end) stays behind the message, in its order.
 */
import { Receiver, type ReceiverListener } from './receiver';
import type { AnyMessageData } from './message-data';
import { READ_BLOCK } from './read-gate';

/** The receiver that a connection's settings ask for. */
export function receiverOf(listener: ReceiverListener): Receiver {
  const isInTurns = listener.settings.delivery === 'turn';
  return isInTurns ? new TurnReceiver(listener) : new Receiver(listener);
}

class TurnReceiver extends Receiver {
  override get deliveryShare(): number {
    return this.isBlockedBy(READ_BLOCK.TURN) ? 0 : 1;
  }

  override onText(text: string, byteLength: number, isCompressed?: boolean): void {
    super.onText(text, byteLength, isCompressed);
    this.wait();
  }

  override onTextBytes(data: Uint8Array, isCompressed?: boolean): void {
    super.onTextBytes(data, isCompressed);
    this.wait();
  }

  override onBinary(data: Uint8Array, isCompressed?: boolean): void {
    super.onBinary(data, isCompressed);
    this.wait();
  }

  override dispatchMessage(data: AnyMessageData): void {
    super.dispatchMessage(data);
    this.wait();
  }
}
