/** A `WebSocketServer` on an HTTP server, and clients in memory that ask it anything, leave, and are left. */
import { createServer } from 'node:http';
import {
  UpgradeContext,
  WebSocketServer,
  type ServerStats,
  type WebSocketServerOptions,
} from '@ws/server';
import { FaultySide, type LinkPlan } from './faulty-duplex';
import { Steps } from './steps';
import { HOOKS, type HookName } from './upgrade-hooks';
import { inVirtualTime, LONG, VirtualClock } from './virtual-clock';

export interface Visit {
  /** What the client sends, as a byte string. */
  readonly request: string;
  readonly hook: HookName;
  readonly plan: LinkPlan;
  /** Steps until it does what it does next. */
  readonly steps: number;
  readonly then: 'stays' | 'ends' | 'leaves';
}

export interface Visited {
  /** What the client has received, as a byte string. */
  readonly received: string;
  /** Whether the server's socket has ended. */
  readonly hasEnded: boolean;
}

export interface SceneOutcome {
  readonly visits: readonly Visited[];
  readonly stats: ServerStats;
  /** Events of the server. */
  readonly connections: number;
  readonly refused: number;
  readonly hasClosed: boolean;
  /** Listeners of `upgrade` that are left. */
  readonly listeners: number;
  readonly timers: number;
  readonly uncaught: readonly unknown[];
}

export type SceneOptions = Omit<WebSocketServerOptions<unknown, string>, 'server' | 'upgrade'>;

export async function playScene(options: SceneOptions, visits: Visit[]): Promise<SceneOutcome> {
  const clock = new VirtualClock();
  return inVirtualTime(clock, async (uncaught) => {
    const scene = new Scene(options, clock);
    for (const visit of visits) await scene.receive(visit);
    const hasClosed = await scene.close();
    return { ...scene.outcome, hasClosed, timers: clock.running, uncaught };
  });
}

class Scene {
  readonly #clock: VirtualClock;
  readonly #steps = new Steps();
  readonly #http = createServer((_, response) => response.end('a page'));
  readonly #chat: WebSocketServer<unknown>;
  readonly #guests: Guest[] = [];
  #hook: HookName = 'accepts';
  #connections = 0;
  #refused = 0;

  constructor(options: SceneOptions, clock: VirtualClock) {
    this.#clock = clock;
    const upgrade = (context: UpgradeContext) => {
      readAll(context);
      return HOOKS[this.#hook](context);
    };
    this.#chat = new WebSocketServer<unknown>({ ...options, server: this.#http, upgrade });
    this.#chat.on('connection', () => this.#connections++);
    this.#chat.on('refused', () => this.#refused++);
    this.#chat.on('error', () => undefined);
  }

  async receive({ request, hook, plan, steps, then }: Visit): Promise<void> {
    const guest = new Guest(plan, this.#steps);
    this.#guests.push(guest);
    this.#hook = hook;
    this.#http.emit('connection', guest.server);
    guest.client.write(request, 'latin1');
    await this.#steps.run(steps);
    if (then === 'ends') guest.client.end();
    if (then === 'leaves') guest.client.destroy();
  }

  /** Returns whether it has come to an end: when every client has gone, and all deadlines have passed. */
  async close(): Promise<boolean> {
    let hasClosed = false;
    await this.#settle();
    void this.#chat.close({ timeout: 1000 }).then(() => (hasClosed = true));
    await this.#settle();
    for (const { client } of this.#guests) client.destroy();
    await this.#settle();
    return hasClosed;
  }

  get outcome(): Omit<SceneOutcome, 'hasClosed' | 'timers' | 'uncaught'> {
    return {
      visits: this.#guests.map(({ received, server }) => ({
        received,
        hasEnded: server.destroyed,
      })),
      stats: this.#chat.stats(),
      connections: this.#connections,
      refused: this.#refused,
      listeners: this.#http.listenerCount('upgrade'),
    };
  }

  async #settle(): Promise<void> {
    await this.#steps.run();
    this.#clock.advance(LONG);
    await this.#steps.run();
  }
}

/** A client, and the server's end of its connection. */
class Guest {
  readonly client: FaultySide;
  readonly server: FaultySide;
  received = '';

  constructor(plan: LinkPlan, steps: Steps) {
    const { client, server } = FaultySide.pair(plan, steps);
    client.on('data', (chunk: Buffer) => (this.received += chunk.toString('latin1')));
    client.on('error', () => undefined);
    this.client = client;
    this.server = server;
  }
}

/** A hook may ask for anything that there is. */
function readAll(context: UpgradeContext): void {
  for (const name of Object.getOwnPropertyNames(UpgradeContext.prototype)) {
    Reflect.get(context, name);
  }
}
