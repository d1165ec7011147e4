/** Programs of the how-to pages, which listen on `PORT` when they are loaded; and waiting for them. */
import { EventEmitter, once } from 'node:events';
import { Server as HttpServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import WebSocket from '@ws/websocket';
import type { ClientOptions, WebSocketServer } from '@ws/websocket';
import { releaseLater } from '../../../websocket/test/support/release';

type Listener = WebSocketServer | Server;

/** The exports of a program, loaded anew, with a free port; what listens is closed when the test is over. */
// The type is what the caller knows of the module.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export function load<Exports extends object>(name: string): Exports {
  process.env['PORT'] = '0';
  let exports!: Exports;
  jest.isolateModules(() => {
    exports = jest.requireActual<Exports>(join(__dirname, '../../src/how-to', name));
  });
  delete process.env['PORT'];
  for (const value of Object.values(exports)) {
    if (isListener(value)) releaseLater(() => end(value));
  }
  return exports;
}

/** The port of a program, once it listens. */
export async function portOf(server: Listener): Promise<number> {
  if (server.address() === null) await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** The address of a program, as `ws:`, without a slash at its end. */
export async function urlOf(server: Listener): Promise<string> {
  return `ws://127.0.0.1:${await portOf(server)}`;
}

/** A client that is gone when the test is over. */
export function dial(
  url: string,
  protocols: string[] = [],
  options: ClientOptions = {},
): WebSocket {
  const ws = new WebSocket(url, protocols, options);
  releaseLater(() => ws.terminate());
  return ws;
}

function isListener(value: unknown): value is Listener {
  return value instanceof EventEmitter && 'address' in value;
}

/** Ends what listens by itself; a WebSocketServer on another server listens to nothing. */
async function end(listener: Listener): Promise<void> {
  if (listener instanceof HttpServer) {
    listener.close();
    listener.closeAllConnections();
  } else await listener.close({ timeout: 0 });
}
