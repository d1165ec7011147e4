/** How every example runs: its server listens, its clients talk, and both end. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Starts a server, talks to it, and stops it. With a port in the environment variable PORT the server stays there until
 * Ctrl+C, for clients of your own.
 *
 * @param start starts the server on a port; 0 is any free one
 * @param talk gets the URL of the server, `ws://localhost:…/`; is done when its connections are closed
 */
export function show(start: (port: number) => Server, talk: (url: string) => Promise<void>): void {
  const { PORT } = process.env;
  const run = async (): Promise<void> => {
    const server = start(Number(PORT ?? 0));
    const url = await urlOf(server);
    await talk(url);
    if (PORT === undefined) stop(server);
    else console.log(`The server stays at ${url} until Ctrl+C.`);
  };
  run().catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
}

/** The URL at which to reach a server, once it is listening. */
export async function urlOf(server: Server): Promise<string> {
  if (!server.listening) await once(server, 'listening');
  return `ws://localhost:${(server.address() as AddressInfo).port}/`;
}

/** Ends a server, and connections that are idle in HTTP. */
export function stop(server: Server): void {
  server.close();
  server.closeAllConnections();
}
