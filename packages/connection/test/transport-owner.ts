import type { Duplex } from 'node:stream';
import { Transport } from '../src/transport/transport';
import type { TransportOwner } from '../src/transport/transport';

/** An owner that writes down what it is told. */
export class Owner implements TransportOwner {
  readonly told: string[] = [];
  readonly errors: (Error | null)[] = [];
  readonly transport: Transport;
  whenChunk: (chunk: string) => void = () => {};
  whenDrain: () => void = () => {};

  constructor(stream: Duplex) {
    this.transport = new Transport(stream, this, 64 * 1024);
  }

  /** Sends without a copy, so that every call is a part of its own. */
  send(text: string): void {
    this.transport.outbox.appendByReference(Buffer.from(text));
    this.transport.scheduleFlush();
  }

  /** Sends from the shared memory. */
  sendSmall(text: string): void {
    const { outbox } = this.transport;
    const offset = outbox.claim(text.length);
    outbox.commit(offset + outbox.slab.write(text, offset, 'latin1'));
    this.transport.scheduleFlush();
  }

  onChunk(chunk: Uint8Array): void {
    this.told.push(Buffer.from(chunk).toString());
    this.whenChunk(Buffer.from(chunk).toString());
  }

  onEof(): void {
    this.told.push('<eof>');
  }

  onWritable(): void {
    this.told.push('<writable>');
  }

  onDrain(): void {
    this.told.push('<drain>');
    this.whenDrain();
  }

  onGone(error: Error | null): void {
    this.told.push('<gone>');
    this.errors.push(error);
  }
}
