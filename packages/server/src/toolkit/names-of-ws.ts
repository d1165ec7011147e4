/**
 * Members and events of the server of `ws` that a WebSocketServer does not have, and misspelt events. Nothing would call the
 * one or emit the other, and a client that `shouldHandle` was to keep out would come in. So each says what there is instead.
 */
import type { EventEmitter } from 'node:events';
import { nearestName } from '@ws/common';
import { warnOnce } from '@ws/connection';
import type { WebSocketServerEvents } from './events';

const IN_HANDLE = 'handle(request, socket, head) promises the connection';

const MEMBERS: Readonly<Record<string, string>> = {
  handleUpgrade: IN_HANDLE,
  completeUpgrade: IN_HANDLE,
  shouldHandle: 'the options path and upgrade decide which requests it takes',
};

const GUIDE = 'see MIGRATING.md';

const EVENTS: ReadonlyMap<string, string> = new Map([
  ['headers', `headers is an option, and a part of what the option upgrade returns; ${GUIDE}`],
  ['wsClientError', `a client that is answered with an error is an event 'refused'; ${GUIDE}`],
  ['message', "it is an event of each connection: on('connection', (ws) => ws.on('message', …))"],
]);

const OWN_EVENTS: readonly (keyof WebSocketServerEvents<unknown, string>)[] = [
  'connection',
  'refused',
  'error',
  'listening',
  'close',
];

/**
 * Has each member of `ws` throw that is called or set, and warns once of a listener for each event.
 *
 * @throws {TypeError} a subclass has such a member
 */
export function refuseNamesOfWs(server: EventEmitter): void {
  for (const [name, instead] of Object.entries(MEMBERS)) {
    const refuse = (): never => {
      throw new TypeError(`a WebSocketServer has no ${name}: ${instead}; see MIGRATING.md`);
    };
    if (name in server) refuse();
    Object.defineProperty(server, name, { get: () => refuse, set: refuse });
  }
  server.on('newListener', warnOfEvent);
}

function warnOfEvent(name: string | symbol): void {
  const instead = typeof name === 'string' ? insteadOf(name) : null;
  if (instead === null) return;
  warnOnce(`a WebSocketServer has no event '${String(name)}': ${instead}`, 'WS_WARN_EVENT_NAME');
}

/** Null for an event that there is, and for names that are the application's own. */
function insteadOf(name: string): string | null {
  const instead = EVENTS.get(name);
  if (instead !== undefined) return instead;
  const nearest = nearestName(name, OWN_EVENTS);
  return nearest === null || nearest === name ? null : `did you mean '${nearest}'?`;
}
