import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDemoServer } from './server';

const HIGHEST_PORT = 65_535;

/**
 * Starts the demo.
 *
 * @param port decimal digits, as in an environment variable; `'0'` for any free port
 * @throws {Error} the port is none, or cannot be had; the message says so to whoever typed it
 */
export async function listenOn(port: string): Promise<Server> {
  if (!/^\d+$/.test(port) || Number(port) > HIGHEST_PORT) {
    throw new Error(`PORT is ${JSON.stringify(port)}; it must be a number up to ${HIGHEST_PORT}.`);
  }
  const server = createDemoServer();
  server.listen(Number(port));
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new Error(explain(error as NodeJS.ErrnoException, port), { cause: error });
  }
  return server;
}

/** The URL of a server that is listening, for this machine. */
export function urlOf(server: Server): string {
  const { port } = server.address() as AddressInfo;
  return `http://localhost:${port}/`;
}

function explain(error: NodeJS.ErrnoException, port: string): string {
  const remedy = 'Choose another one: PORT=8081 npm start';
  if (error.code === 'EADDRINUSE') return `Port ${port} is in use. ${remedy}`;
  if (error.code === 'EACCES') return `You may not use port ${port}. ${remedy}`;
  return `The demo cannot listen on port ${port}: ${error.message}`;
}
