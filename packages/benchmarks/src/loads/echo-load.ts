/**
 * What every echo load has in common: on each connection a fixed number of messages is in flight,
 * and as many as came back are sent anew.
 */
import type { Load } from './load';

/** One connection. */
export interface Lane {
  /** Messages in flight. */
  readonly inFlight: number;
  /** Called when messages have come back, with their number. */
  onEchoes: (echoed: number) => void;
  /** Sends the next `messages` messages, in one write; none when zero. */
  send(messages: number): void;
}

export class EchoLoad implements Load {
  readonly smallestRun: number;
  readonly largestRun: number = Infinity;
  readonly #lanes: readonly Lane[];
  #unsent = 0;
  #unanswered = 0;
  #finish: (() => void) | undefined;

  constructor(lanes: readonly Lane[]) {
    this.smallestRun = lanes.reduce((sum, { inFlight }) => sum + inFlight, 0);
    this.#lanes = lanes;
    for (const lane of lanes) lane.onEchoes = (echoed) => lane.send(this.#takeBack(echoed));
  }

  async run(messages: number): Promise<number> {
    this.#unsent = messages;
    this.#unanswered = messages;
    const finished = new Promise<void>((resolve) => (this.#finish = resolve));
    for (const lane of this.#lanes) lane.send(this.#allot(lane.inFlight));
    await finished;
    return messages;
  }

  /** `echoed` messages are back on a connection; returns how many to send there instead. */
  #takeBack(echoed: number): number {
    this.#unanswered -= echoed;
    if (this.#unanswered === 0) this.#finish?.();
    return this.#allot(echoed);
  }

  #allot(wanted: number): number {
    const granted = Math.min(wanted, this.#unsent);
    this.#unsent -= granted;
    return granted;
  }
}
