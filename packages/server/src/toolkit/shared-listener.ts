/**
 * The one listener of `upgrade` that the WebSocketServers of an HTTP server share: the first whose path matches
 * gets the request. What none of them wants is refused if nobody else listens, and left alone otherwise.
 */
import type { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { warnOnce } from '@ws/connection';
import { isTaken } from '../socket-taken';
import { leaveAlone } from './left-alone';
import { leaveOtherUpgrades, namesWebSocket } from './other-upgrades';

/** What emits `upgrade`: a server of `node:http`, `node:https` or, for HTTP/1.1, `node:http2`; or one that is like them. */
export type UpgradeSource = Pick<EventEmitter, 'on' | 'off' | 'listenerCount'>;

/** A WebSocketServer, as the listener sees it. */
export interface Endpoint {
  /** What tells its paths from others. */
  readonly shapes: readonly string[];
  /** Whether it wants requests refused that no endpoint wants. */
  readonly refusesUnmatched: boolean;
  wants(request: IncomingMessage): boolean;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

const listeners = new WeakMap<UpgradeSource, SharedListener>();

/**
 * Has an endpoint get upgrade requests.
 *
 * @returns stops it
 * @throws {TypeError} another endpoint of the server has the same path
 */
export function attach(server: UpgradeSource, endpoint: Endpoint): () => void {
  let listener = listeners.get(server);
  if (listener === undefined) listeners.set(server, (listener = new SharedListener(server)));
  listener.add(endpoint);
  return () => listener.delete(endpoint);
}

class SharedListener {
  readonly #server: UpgradeSource;
  readonly #endpoints = new Set<Endpoint>();
  #takeOtherUpgrades = (): void => undefined;

  constructor(server: UpgradeSource) {
    this.#server = server;
  }

  add(endpoint: Endpoint): void {
    const taken = [...this.#endpoints].flatMap(({ shapes }) => shapes);
    const twice = endpoint.shapes.find((shape) => taken.includes(shape));
    if (twice !== undefined) {
      const path = twice === '*' ? 'every path' : `the path /${twice}`;
      throw new TypeError(`option path: another WebSocketServer of this HTTP server has ${path}`);
    }
    if (taken.includes('*')) warnOfUnreached(endpoint);
    if (this.#endpoints.size === 0) {
      this.#server.on('upgrade', this.#onUpgrade);
      this.#takeOtherUpgrades = leaveOtherUpgrades(this.#server);
    }
    this.#endpoints.add(endpoint);
  }

  delete(endpoint: Endpoint): void {
    this.#endpoints.delete(endpoint);
    if (this.#endpoints.size > 0) return;
    this.#server.off('upgrade', this.#onUpgrade);
    this.#takeOtherUpgrades();
  }

  readonly #onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    // Whoever comes first among the listeners has it.
    if (isTaken(socket)) return;
    const endpoint = this.#endpointFor(request);
    if (endpoint === undefined) leaveAlone(socket);
    else endpoint.upgrade(request, socket, head);
  };

  /** What no endpoint wants is refused by one of them, unless others listen. These get all that is for no WebSocket. */
  #endpointFor(request: IncomingMessage): Endpoint | undefined {
    const endpoints = [...this.#endpoints];
    const isAlone = this.#server.listenerCount('upgrade') === 1;
    if (!isAlone && !namesWebSocket(request)) return undefined;
    const whoRefuses = isAlone ? endpoints.find((each) => each.refusesUnmatched) : undefined;
    return endpoints.find((each) => each.wants(request)) ?? whoRefuses;
  }
}

function warnOfUnreached({ shapes }: Endpoint): void {
  const paths = shapes.map((shape) => `/${shape}`).join(', ');
  warnOnce(
    `a WebSocketServer gets no requests for ${paths}: an earlier one of this HTTP server has every path; make that one last`,
    'WS_WARN_PATH',
  );
}
