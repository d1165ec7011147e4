/**
 * The `WebSocketServer`: its hook takes a while, each echo is published on a topic of its own connection, and now and
 * then news on one of all. In the end it closes them over a time.
 */
import type { Server } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { PROTOCOL_VERSIONS } from '@ws/handshake';
import WebSocket from '@ws/websocket';
import { newsOf } from '../plan/news';
import { planOf, RUN_OVER, TOOLKIT_PATH, type Plan } from '../plan/plan';
import { DURATIONS, type Settings } from '../settings';
import type { Echoing } from './echoing';
import { serverOptions } from './server-options';

const PATH = `${TOOLKIT_PATH}:id` as const;
const NEWS = 'news';

export class ToolkitServer {
  readonly #settings: Settings;
  readonly #echoing: Echoing;
  readonly #server: WebSocket.WebSocketServer<Plan, typeof PATH>;
  readonly #timer: NodeJS.Timeout;
  #published = 0;

  constructor(servers: readonly Server[], settings: Settings, echoing: Echoing) {
    this.#settings = settings;
    this.#echoing = echoing;
    this.#server = new WebSocket.WebSocketServer({
      server: servers,
      path: PATH,
      // Clients of the drafts say that they are of a page.
      origins: '*',
      protocolVersions: PROTOCOL_VERSIONS,
      upgrade: ({ params }) => this.#welcome(Number(params.id)),
    });
    this.#server.on('connection', (ws) => this.#attend(ws));
    this.#server.on('error', ({ message }) => echoing.tally.add('unexpected', message));
    this.#timer = setInterval(() => this.#publish(), DURATIONS.news * settings.pace);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    const { pace } = this.#settings;
    const { closed, terminated } = await this.#server.close({
      code: RUN_OVER,
      over: Math.ceil(DURATIONS.closeOver * pace),
      timeout: Math.ceil(DURATIONS.closeTimeout * pace),
    });
    const { tally } = this.#echoing;
    tally.add('features', 'closed by close() of the WebSocketServer', closed);
    if (terminated > 0) tally.add('unexpected', 'server: terminated by close()', terminated);
    const { connections, pending, opened, closed: ended } = this.#server.stats();
    if (connections + pending === 0 && opened === ended) return;
    tally.add('unexpected', `server: stats: ${connections} connections, ${pending} pending`);
  }

  async #welcome(id: number): Promise<WebSocket.Acceptance<Plan>> {
    await setImmediate();
    const { seed, pace } = this.#settings;
    const plan = planOf(seed, id);
    // Who is watched for want of messages is sent none that it has not asked for.
    const topics = plan.watch === 'idle' ? [String(id)] : [String(id), NEWS];
    return { data: plan, topics, options: serverOptions(plan, pace) };
  }

  #attend(ws: WebSocket.ServerSocket<Plan>): void {
    const topic = String(ws.data.id);
    this.#echoing.attend(ws, ws.data, (data) => this.#server.publish(topic, data).sent === 1);
  }

  #publish(): void {
    this.#server.publish(NEWS, newsOf(this.#published++));
  }
}
