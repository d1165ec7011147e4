/** A process of clients. */
import { answerCalls } from '@ws/child-process';
import { countCrashes } from '../crashes';
import { Tally, type Tallied } from '../tally';
import { SoakClients, type ClientSettings } from './soak-clients';

export interface ClientStatus {
  readonly live: number;
  readonly outstanding: number;
  readonly tallied: Tallied;
}

export interface ClientCalls {
  start(settings: ClientSettings): void;
  status(): ClientStatus;
  drain(): void;
  abandon(): void;
}

let clients: SoakClients | null = null;
const before = new Tally();

countCrashes(() => clients?.tally ?? before);
answerCalls<ClientCalls>({
  start(settings) {
    clients = new SoakClients(settings);
    void clients.run();
  },
  status() {
    const { live = 0, outstanding = 0, tally = before } = clients ?? {};
    return { live, outstanding, tallied: tally.counts };
  },
  drain() {
    clients?.drain();
  },
  abandon() {
    clients?.abandon();
  },
});
