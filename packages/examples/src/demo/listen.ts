import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createDemo } from './server';
import type { Demo } from './server';

const HIGHEST_PORT = 65_535;
/** What stands for all addresses is nothing that a browser can open. */
const ALL_ADDRESSES = ['0.0.0.0', '::', '127.0.0.1'];

/**
 * Starts the demo.
 *
 * @param port decimal digits, as in an environment variable; `'0'` for any free port
 * @param host the address to listen on; this machine alone can reach the default
 * @throws {Error} the port is none, or cannot be had; the message says so to whoever typed it
 */
export async function listenOn(port: string, host = '127.0.0.1'): Promise<Demo> {
  if (!/^\d+$/.test(port) || Number(port) > HIGHEST_PORT) {
    throw new Error(`PORT is ${JSON.stringify(port)}; it must be a number up to ${HIGHEST_PORT}.`);
  }
  const demo = createDemo();
  demo.server.listen(Number(port), host);
  try {
    await once(demo.server, 'listening');
  } catch (error) {
    throw new Error(explain(error as NodeJS.ErrnoException, port, host), { cause: error });
  }
  return demo;
}

/** The URL of a demo that is listening, for this machine. */
export function urlOf({ server }: Demo): string {
  const { address, family, port } = server.address() as AddressInfo;
  const host = family === 'IPv6' ? `[${address}]` : address;
  return `http://${ALL_ADDRESSES.includes(address) ? 'localhost' : host}:${port}/`;
}

function explain(error: NodeJS.ErrnoException, port: string, host: string): string {
  const remedy = 'Choose another one: PORT=8081 npm start';
  if (error.code === 'EADDRINUSE') return `Port ${port} is in use. ${remedy}`;
  if (error.code === 'EACCES') return `You may not use port ${port}. ${remedy}`;
  return `The demo cannot listen on port ${port} of ${host}: ${error.message}`;
}
