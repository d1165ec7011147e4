/**
 * What can be seen of the peer of an open connection, and done to see more of it: for whoever judges
 * whether it is still there. Exists only while somebody does.
 */
import type { ConnectionProtocol } from '../protocol/connection-protocol';
import { READ_BLOCK } from '../receiving/read-gate';
import type { Receiver } from '../receiving/receiver';
import type { Sender } from '../sending/sender';
import { debugLog } from '../support/debug-log';
import type { Transport } from '../transport/transport';
import type { MovementView } from './close-deadline';
import type { KeepAliveOwner } from './keep-alive';
import type { ProbeOwner } from './paused-probe';

/** The connection, once it is open. */
export interface PeerViewOwner {
  readonly protocol: ConnectionProtocol;
  readonly transport: Transport;
  readonly parts: { readonly sender: Sender; readonly receiver: Receiver };
  giveUp(deadline: 'pong' | 'idle'): void;
}

const NO_PAYLOAD = new Uint8Array(0);

export class PeerView implements KeepAliveOwner, MovementView, ProbeOwner {
  private readonly owner: PeerViewOwner;

  constructor(owner: PeerViewOwner) {
    this.owner = owner;
  }

  get isReading(): boolean {
    return this.owner.parts.receiver.isReading;
  }

  get isHeldBack(): boolean {
    return this.owner.parts.receiver.isBlockedBy(READ_BLOCK.APPLICATION);
  }

  /** What leaves at once says nothing of the peer: the kernel takes it, though the peer is gone. */
  get writeMark(): number {
    const { transport, parts } = this.owner;
    return parts.sender.bufferedAmount > 0 ? transport.writeMark : 0;
  }

  /** Bytes count while a message of ours waits to leave, or one of the peer's has not come to its end. */
  get messageMark(): number {
    const { transport, protocol } = this.owner;
    const received = protocol.decoder.bufferedBytes > 0 ? transport.chunksRead : 0;
    return this.writeMark + received;
  }

  /**
   * What closing waits for: the messages in front of our closing frame, and then the one that the peer
   * is in the middle of. What it sends before it can know that we close puts nothing off, and neither
   * do our pongs.
   */
  get closingMark(): string {
    const { transport, protocol, parts } = this.owner;
    const { sender } = parts;
    const sent = sender.isLeaving ? transport.writeMark : 0;
    const isReading = protocol.closeSent !== null && protocol.decoder.bufferedBytes > 0;
    const received = isReading ? transport.chunksRead : 0;
    return `${sender.queueMark} ${sent} ${received} ${protocol.lateMessages}`;
  }

  pingPeer(): void {
    debugLog?.note(this.owner.parts, 'deadline ping has passed');
    this.owner.parts.sender.ping(NO_PAYLOAD, null);
    this.owner.transport.flush();
  }

  probePeer(): void {
    const { protocol, transport } = this.owner;
    if (protocol.closeSent !== null || protocol.state === 'closed') return;
    debugLog?.note(this.owner.parts, 'deadline probe has passed');
    protocol.sendPong(NO_PAYLOAD);
    transport.flush();
  }

  giveUp(deadline: 'pong' | 'idle'): void {
    this.owner.giveUp(deadline);
  }
}
