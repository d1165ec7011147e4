/** The broadcast load: one publisher, many subscribers; what is published together is, again, when all have it. */
import type { BroadcastCell } from '../cells';
import { openConnection, openConnections } from '../dialling';
import type { LoadConnection } from '../load-connection';
import { FrameCounter } from '../frame-reader';
import { clientFrame, payloadOf, repeated, serverFrame } from '../frames';
import { compressedFrames } from './deflate-echo';
import { bufferSizeFor, type Load, type LoadTarget } from './load';

/** What is published, and what every subscriber receives of it. */
interface Publication {
  /** The bursts take turns. */
  readonly bursts: readonly Buffer[];
  /** What one burst is for one subscriber: bytes where they are known, else frames. */
  readonly delivery: number;
  /** Counts the same in what a subscriber receives. */
  readonly counter: () => (bytes: Uint8Array) => number;
}

class BroadcastLoad implements Load {
  readonly smallestRun: number;
  readonly largestRun: number = Infinity;
  readonly #publisher: LoadConnection;
  readonly #bursts: readonly Buffer[];
  /** What all subscribers together receive of one burst. */
  readonly #fanOut: number;
  #missing = 0;
  #published = 0;
  #unsent = 0;
  #finish: (() => void) | undefined;

  constructor(
    publisher: LoadConnection,
    subscribers: readonly LoadConnection[],
    messages: number,
    { bursts, delivery, counter }: Publication,
  ) {
    this.smallestRun = subscribers.length * messages;
    this.#publisher = publisher;
    this.#bursts = bursts;
    this.#fanOut = subscribers.length * delivery;
    for (const subscriber of subscribers) {
      const count = counter();
      subscriber.onBytes = (bytes) => this.#arrived(count(bytes));
    }
  }

  /** `messages` are deliveries, the unit of the figure. */
  async run(messages: number): Promise<number> {
    const bursts = Math.ceil(messages / this.smallestRun);
    const finished = new Promise<void>((resolve) => (this.#finish = resolve));
    this.#unsent = bursts;
    this.#publish();
    await finished;
    return bursts * this.smallestRun;
  }

  #publish(): void {
    this.#unsent -= 1;
    this.#missing = this.#fanOut;
    this.#publisher.write(this.#bursts[this.#published++ % this.#bursts.length]!);
  }

  #arrived(count: number): void {
    this.#missing -= count;
    if (this.#missing < 0) throw new Error('more was delivered than published');
    if (this.#missing > 0) return;
    if (this.#unsent > 0) this.#publish();
    else this.#finish?.();
  }
}

/** Opens the publisher and the subscribers of `cell`. */
export async function openBroadcast(cell: BroadcastCell, target: LoadTarget): Promise<Load> {
  const { subscribers: count, messages, compressed } = cell;
  const publication = compressed
    ? compressedPublication(cell)
    : plainPublication(cell, target.returnsBytes);
  const bufferSize = bufferSizeFor(cell.size * messages);
  const common = { port: target.port, bufferSize, deflate: compressed };
  const subscribers = await openConnections(
    Array.from({ length: count }, () => ({ ...common, path: '/subscribe' })),
  );
  const publisher = await openConnection({ ...common, path: '/publish' });
  return new BroadcastLoad(publisher, subscribers, messages, publication);
}

function plainPublication({ size, messages }: BroadcastCell, returnsBytes: boolean): Publication {
  const payload = payloadOf(size, 'text');
  const frame = clientFrame(payload, true);
  const delivered = returnsBytes ? frame : serverFrame(payload, true);
  return {
    bursts: [repeated(frame, messages)],
    delivery: delivered.length * messages,
    counter: () => (bytes) => bytes.length,
  };
}

function compressedPublication({ size, messages }: BroadcastCell): Publication {
  const bursts = compressedFrames(size).map((frame) => repeated(frame, messages));
  const counter = (): ((bytes: Uint8Array) => number) => {
    const frames = new FrameCounter();
    return (bytes) => frames.count(bytes);
  };
  return { bursts, delivery: messages, counter };
}
