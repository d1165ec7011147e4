/** The process of the innocent client; nothing else runs in it, so that its clock is its own. */
import { answerCalls } from '@ws/child-process';
import type { Figures } from './figures';
import { Innocent } from './innocent';
import { goFirst } from './priority';

export interface InnocentCalls {
  /** Opens a connection and begins to send; nothing counts yet. */
  start(port: number): Promise<void>;
  /** From now on it counts. */
  count(): void;
  /** Sends no more, and waits so many milliseconds at most for what is on its way. */
  stop(patience: number): Promise<Figures>;
}

let innocent: Innocent;

goFirst();
answerCalls<InnocentCalls>({
  async start(port) {
    innocent = await Innocent.open(port);
    innocent.start();
  },
  count: () => innocent.forget(),
  stop: (patience) => innocent.stop(patience),
});
