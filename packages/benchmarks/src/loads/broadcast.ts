/** The broadcast load: one publisher, many subscribers, one published message in flight. */
import type { BroadcastCell } from '../cells';
import { openConnection, openConnections, type ClientConnection } from '../client-connection';
import { clientFrame, payloadOf, serverFrame } from '../frames';
import { bufferSizeFor, type Load, type LoadTarget } from './load';

class BroadcastLoad implements Load {
  readonly smallestRun: number;
  readonly largestRun: number = Infinity;
  readonly #publisher: ClientConnection;
  readonly #frame: Buffer;
  /** Bytes that all subscribers together receive for one message. */
  readonly #fanOut: number;
  #missing = 0;
  #unsent = 0;
  #finish: (() => void) | undefined;

  constructor(
    publisher: ClientConnection,
    subscribers: readonly ClientConnection[],
    frame: Buffer,
    deliverySize: number,
  ) {
    this.smallestRun = subscribers.length;
    this.#publisher = publisher;
    this.#frame = frame;
    this.#fanOut = subscribers.length * deliverySize;
    for (const subscriber of subscribers) subscriber.onBytes = ({ length }) => this.#count(length);
  }

  /** `messages` are deliveries, the unit of the figure. */
  async run(messages: number): Promise<number> {
    const published = Math.ceil(messages / this.smallestRun);
    const finished = new Promise<void>((resolve) => (this.#finish = resolve));
    this.#unsent = published;
    this.#publish();
    await finished;
    return published * this.smallestRun;
  }

  #publish(): void {
    this.#unsent -= 1;
    this.#missing = this.#fanOut;
    this.#publisher.write(this.#frame);
  }

  #count(bytes: number): void {
    this.#missing -= bytes;
    if (this.#missing < 0) throw new Error('more bytes were delivered than published');
    if (this.#missing > 0) return;
    if (this.#unsent > 0) this.#publish();
    else this.#finish?.();
  }
}

/** Opens the publisher and the subscribers of `cell`. */
export async function openBroadcast(cell: BroadcastCell, target: LoadTarget): Promise<Load> {
  const payload = payloadOf(cell.size, true);
  const frame = clientFrame(payload, true);
  const delivered = target.returnsBytes ? frame : serverFrame(payload, true);
  const common = { port: target.port, bufferSize: bufferSizeFor(delivered.length) };
  const subscribers = await openConnections(
    Array.from({ length: cell.subscribers }, () => ({ ...common, path: '/subscribe' })),
  );
  const publisher = await openConnection({ ...common, path: '/publish' });
  return new BroadcastLoad(publisher, subscribers, frame, delivered.length);
}
