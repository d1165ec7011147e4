/**
 * Two streams joined in memory like the two ends of a socket, on which what a plan says goes wrong.
 * What is written to one side is on its way until the other has room for it and its turn comes; it
 * arrives in pieces of the sizes that the plan says. Nothing depends on time.
 */
import { Duplex } from 'node:stream';
import {
  READ_FAULTS,
  systemError,
  WRITE_FAULTS,
  type Done,
  type Fault,
  type ReadFault,
  type SideName,
  type WriteFault,
} from './faults';
import type { Steps } from './steps';

export interface LinkPlan {
  readonly faults: readonly Fault[];
  /** The sizes of the pieces that bytes arrive in, over and over; none: all that is there at once. */
  readonly cuts: readonly number[];
}

/** Bytes that may be on their way to a side before writes have to wait. */
const WINDOW = 600;
const NO_BYTES = Buffer.alloc(0);

export class FaultySide extends Duplex {
  peer!: FaultySide;
  /** Nothing arrives here any more. */
  stalled = false;
  /** How many writes and reads there have been. */
  readonly counts = { write: 0, read: 0 };
  private readonly name: SideName;
  private readonly plan: LinkPlan;
  private readonly steps: Steps;
  /** What the peer has written and this side has not read. */
  private inFlight: Buffer = NO_BYTES;
  private endInFlight = false;
  private endArrived = false;
  private hasRoom = false;
  private arrivalPlanned = false;
  /** Writes of the peer that wait for room here. */
  private waiting: Done[] = [];

  constructor(name: SideName, plan: LinkPlan, steps: Steps) {
    super({ allowHalfOpen: true, highWaterMark: 1024 });
    this.name = name;
    this.plan = plan;
    this.steps = steps;
  }

  static pair(plan: LinkPlan, steps: Steps): Record<SideName, FaultySide> {
    const client = new FaultySide('client', plan, steps);
    const server = new FaultySide('server', plan, steps);
    client.peer = server;
    server.peer = client;
    return { client, server };
  }

  /** Takes bytes that are on their way here; `done` is called when the network has them. */
  accept(bytes: Buffer, done: Done): void {
    if (this.destroyed) this.peer.later(() => this.peer.destroy(systemError('ECONNRESET')));
    if (this.endInFlight || this.destroyed) {
      done();
      return;
    }
    this.inFlight = Buffer.concat([this.inFlight, bytes]);
    this.waiting.push(done);
    this.planArrival();
  }

  /** Nothing comes behind what is on its way here now. */
  acceptEnd(): void {
    this.endInFlight = true;
    this.planArrival();
  }

  later(step: () => void): void {
    this.steps.add(step);
  }

  override _read(): void {
    this.hasRoom = true;
    this.planArrival();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: Done): void {
    this.carry(Buffer.from(chunk), done);
  }

  override _writev(chunks: { chunk: Buffer }[], done: Done): void {
    this.carry(Buffer.concat(chunks.map(({ chunk }) => chunk)), done);
  }

  override _final(done: Done): void {
    this.peer.acceptEnd();
    done();
  }

  override _destroy(error: Error | null, done: Done): void {
    this.peer.acceptEnd();
    done(error);
  }

  private carry(bytes: Buffer, done: Done): void {
    const fault = this.faultAt('write', this.counts.write++) as WriteFault | undefined;
    if (fault === undefined) this.peer.accept(bytes, done);
    else WRITE_FAULTS[fault](this, bytes, done);
  }

  private planArrival(): void {
    if (this.arrivalPlanned) return;
    this.arrivalPlanned = true;
    this.later(() => {
      this.arrivalPlanned = false;
      this.arrive();
    });
  }

  private arrive(): void {
    if (this.stalled) return;
    if (this.destroyed) this.inFlight = NO_BYTES;
    if (this.inFlight.byteLength > 0 && this.hasRoom) this.arriveSome();
    if (this.inFlight.byteLength < WINDOW) for (const done of this.waiting.splice(0)) done();
    if (this.inFlight.byteLength > 0) {
      if (this.hasRoom) this.planArrival();
    } else if (this.endInFlight && !this.endArrived) {
      this.endArrived = true;
      this.push(null);
    }
  }

  private arriveSome(): void {
    const { cuts } = this.plan;
    const index = this.counts.read++;
    const size = cuts[index % cuts.length] ?? this.inFlight.byteLength;
    const bytes = Buffer.from(this.inFlight.subarray(0, size));
    this.inFlight = this.inFlight.subarray(bytes.byteLength);
    const fault = this.faultAt('read', index) as ReadFault | undefined;
    if (fault === undefined) this.hasRoom = this.push(bytes);
    else READ_FAULTS[fault](this, bytes);
  }

  private faultAt(kind: 'write' | 'read', index: number): Fault['fault'] | undefined {
    return this.plan.faults.find(
      ({ side, at }) => side === this.name && (at as Record<string, number>)[kind] === index,
    )?.fault;
  }
}
