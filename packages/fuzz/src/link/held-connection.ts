/** One WebSocket on a stream that a model moves by hand: what is read, and what the network takes. */
import { Duplex } from 'node:stream';
import {
  connectionSettings,
  WebSocket,
  type ConnectionOptions,
  type Opening,
  type OpeningListener,
  type Role,
} from '@ws/connection';
import type { Done } from './faults';
import { turn } from './steps';

/** Turns of the event loop in which all that follows from anything has happened. */
const ENOUGH_TURNS = 4;

/** What is written waits while it is stalled, and is gone otherwise. It answers an end by its own. */
export class HeldStream extends Duplex {
  stalled = false;
  private waiting: Done | null = null;
  private hasEnded = false;

  constructor() {
    super({ allowHalfOpen: true, highWaterMark: 1024 });
  }

  /** The network takes the write that waits; whether the next one has to wait is for `stalled` to say. */
  takeWrite(): void {
    const done = this.waiting;
    this.waiting = null;
    done?.();
  }

  /** The peer's end comes. */
  arriveEnd(): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.push(null);
  }

  override _read(): void {
    // what arrives is pushed as it comes
  }

  override _write(_chunk: Buffer, _encoding: BufferEncoding, done: Done): void {
    if (this.stalled) this.waiting = done;
    else done();
  }

  override _writev(_chunks: unknown, done: Done): void {
    if (this.stalled) this.waiting = done;
    else done();
  }

  override _final(done: Done): void {
    this.arriveEnd();
    done();
  }
}

/** It is connecting until `open()`. */
export class HeldConnection implements Opening {
  readonly url = 'ws://held.test/';
  readonly stream: HeldStream = new HeldStream();
  readonly role: Role;
  readonly ws: WebSocket;
  private listener: OpeningListener | null = null;

  constructor(role: Role, options: ConnectionOptions) {
    this.role = role;
    this.ws = new WebSocket(this, connectionSettings(options));
  }

  begin(listener: OpeningListener): void {
    this.listener = listener;
  }

  open(): void {
    const { stream } = this;
    const head = new Uint8Array(0);
    this.end()?.opened({ stream, head, version: 'hybi-13', protocol: '', extensions: '' });
  }

  abort(reason: Error): void {
    setImmediate(() => this.end()?.failed(reason));
  }

  private end(): OpeningListener | null {
    const { listener } = this;
    this.listener = null;
    return listener;
  }
}

/** All that follows from what has happened. */
export async function settled(): Promise<void> {
  for (let turns = 0; turns < ENOUGH_TURNS; turns++) await turn();
}
