import type { Duplex } from 'node:stream';
import { Transport } from '../src/transport/transport';
import type { ByteReader, OutputAccount, TransportOwner } from '../src/transport/transport-owner';

/** An owner that writes down what it is told. */
export class Owner implements TransportOwner, ByteReader, OutputAccount {
  readonly told: string[] = [];
  readonly errors: (Error | null)[] = [];
  readonly transport: Transport;
  readonly reader = this;
  readonly account = this;
  whenChunk: (chunk: string) => void = () => {};
  whenWritable: () => void = () => {};
  /** How often the outbox was handed to the stream. */
  writes = 0;

  constructor(stream: Duplex) {
    this.transport = new Transport(stream, this);
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
    outbox.commit(offset + outbox.memory.write(text, offset, 'latin1'));
    this.transport.scheduleFlush();
  }

  /** Begins to read. */
  start(head: Uint8Array = new Uint8Array(0)): void {
    this.transport.start(head);
  }

  push(chunk: Uint8Array): void {
    this.told.push(Buffer.from(chunk).toString());
    this.whenChunk(Buffer.from(chunk).toString());
  }

  onChunkRead(): void {
    // told by the chunk
  }

  onEof(): void {
    this.told.push('<eof>');
  }

  leaving(): void {
    this.writes++;
  }

  flushed(): void {
    // nobody waits for room
  }

  onRoom(): void {
    // nothing waits for it
  }

  onWritable(): void {
    this.told.push('<writable>');
    this.whenWritable();
  }

  onPayloadChanged(): void {
    this.told.push('<changed>');
  }

  lose(): void {
    // follows from other events
  }

  onTransportClosed(error: Error | null): void {
    this.told.push('<gone>');
    this.errors.push(error);
  }
}
