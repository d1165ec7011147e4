/** What the server does with an open connection, whoever has accepted it: echoes, ends it by its plan, judges its end. */
import type WebSocket from '@ws/websocket';
import { codeOf, describeEnding, endingOf, isExpected } from '../plan/ending';
import { expectationsOf, isFatal, kindOf, type Plan } from '../plan/plan';
import { DURATIONS } from '../settings';
import type { Tally } from '../tally';

const PAUSE_EVERY = 4;

type Connection = Pick<WebSocket, 'on' | 'pause' | 'resume' | 'close' | 'terminate'>;
/** Sends an echo back; false when it has to wait. */
export type Echo = (data: WebSocket.MessageData) => boolean;

export class Echoing {
  readonly tally: Tally;
  readonly #pace: number;
  #connections = 0;

  /** @param pace what all durations are multiplied by */
  constructor(tally: Tally, pace: number) {
    this.tally = tally;
    this.#pace = pace;
  }

  /** Connections that have not ended. */
  get connections(): number {
    return this.#connections;
  }

  attend(ws: Connection, plan: Plan, echo: Echo): void {
    this.#connections++;
    this.#echo(ws, plan, echo);
    ws.on('error', ({ error }) => this.tally.add('errors', `${codeOf(error)} at the server`));
    ws.on('close', (event) => {
      this.#connections--;
      const ending = endingOf(event);
      if (isExpected(ending, expectationsOf(plan, 'server'))) return;
      this.tally.add('unexpected', `server: ${kindOf(plan)}: ${describeEnding(ending)}`);
    });
  }

  #echo(ws: Connection, plan: Plan, echo: Echo): void {
    let echoed = 0;
    ws.on('drain', () => ws.resume());
    ws.on('message', ({ data }) => {
      echoed++;
      const hasRoom = echo(data);
      if (echoed === plan.messages) this.#end(ws, plan);
      else if (!hasRoom) ws.pause();
      else if (plan.pauses && echoed % PAUSE_EVERY === 0) this.#pause(ws);
    });
  }

  #end(ws: Connection, { fault, closer, code }: Plan): void {
    if (fault === 'serverTerminates') ws.terminate();
    else if (closer === 'server' && !isFatal(fault)) ws.close(code);
  }

  #pause(ws: Connection): void {
    ws.pause();
    setTimeout(() => ws.resume(), DURATIONS.pause * this.#pace);
  }
}
