/** The client of this toolkit. */
import { Client } from '@ws/websocket';
import { codeOf, endingOf } from '../plan/ending';
import type { FaultName } from '../plan/faults';
import { pathOf, type Plan } from '../plan/plan';
import { DEFLATE } from '../plan/compression';
import { MAX_LENGTH } from '../settings';
import type { Hearer, Route, Speaker } from './speaker';

export class OwnSpeaker implements Speaker {
  readonly #ws: Client;

  constructor(plan: Plan, { ports, ca, localAddress }: Route, hearer: Hearer) {
    const { secure, version } = plan;
    const origin = secure ? `wss://127.0.0.1:${ports.secure}` : `ws://127.0.0.1:${ports.plain}`;
    const ws = new Client(`${origin}${pathOf(plan)}`, [], {
      ca,
      localAddress,
      maxLength: MAX_LENGTH,
      deflate: DEFLATE[plan.compression],
      protocolVersion: version === 'hybi-08' ? 8 : 13,
    });
    ws.on('open', () => hearer.opened());
    ws.on('message', ({ data }) => hearer.heard(data));
    ws.on('error', ({ error }) => hearer.failed(codeOf(error)));
    ws.on('close', (event) => hearer.ended(endingOf(event)));
    this.#ws = ws;
    if (plan.fault === 'closeEarly') ws.close();
  }

  send(data: string | Buffer): void {
    this.#ws.send(data);
  }

  close(code: number): void {
    this.#ws.close(code);
  }

  terminate(): void {
    this.#ws.terminate();
  }

  pause(): void {
    this.#ws.pause();
  }

  resume(): void {
    this.#ws.resume();
  }

  inject(fault: FaultName): void {
    if (fault === 'clientTerminates') this.#ws.terminate();
  }
}
