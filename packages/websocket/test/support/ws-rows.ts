/** The entries of MIGRATING.md about `ws`, each tried with both modules. */
import { createServer } from 'node:http';
import type { ClientRequest, IncomingMessage, Server } from 'node:http';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { WebSocketServer } from '@ws/server';
import type { ServerSocket, WebSocketServerOptions } from '@ws/server';
import { WebSocket as WsClient, WebSocketServer as WsServer } from 'ws';
import type { ClientOptions, ServerOptions } from 'ws';
import { releaseLater } from './release';
import { listen } from './test-server';

/** What a program does, and what comes of it. */
export type Trial = readonly [run: () => unknown, outcome: unknown];

export interface WsRow {
  /** As in the heading. */
  readonly what: string;
  readonly ws: Trial;
  readonly here: Trial;
}

const MIGRATING = readFileSync(join(__dirname, '../../MIGRATING.md'), 'utf8');
const SECTIONS = MIGRATING.split('\n## From ws 8\n')[1].split('\n### ');

/** The headings of the entries of a section. */
export function headingsOf(section: string): string[] {
  const text = SECTIONS.find((candidate) => candidate.startsWith(`${section}\n`))!;
  return [...text.matchAll(/^#### (.+)$/gm)].map(([, heading]) => heading);
}

const HEADINGS = ['The server', 'The connection', 'The options'].flatMap(headingsOf);

/** Tests every row with both modules, and that the guide has an entry for it. */
export function testRows(rows: readonly WsRow[]): void {
  const cells = rows.flatMap(({ what, ws, here }) => [
    { name: 'ws', what, run: ws[0], outcome: ws[1] },
    { name: '@ws/websocket', what, run: here[0], outcome: here[1] },
  ]);

  test.each(cells)('$name: $what', async ({ run, outcome }) => {
    expect(await run()).toEqual(outcome);
  });

  test.each(rows)('MIGRATING.md has an entry: $what', ({ what }) => {
    expect(HEADINGS).toContain(what);
  });
}

export interface Serving<ServerClass> {
  readonly wss: ServerClass;
  readonly http: Server;
  readonly url: string;
}

/** A server of `ws` on an HTTP server. */
export async function serveWs(options: ServerOptions = {}): Promise<Serving<WsServer>> {
  const http = createServer();
  const wss = new WsServer(options.noServer ? options : { server: http, ...options });
  return { wss, http, url: `ws://127.0.0.1:${await listen(http)}/` };
}

/** One of ours on an HTTP server. */
export async function serveHere<Data = undefined>(
  options: WebSocketServerOptions<Data, string> = {},
): Promise<Serving<WebSocketServer<Data>>> {
  const http = createServer();
  const wss = new WebSocketServer<Data>({ server: http, ...options });
  return { wss, http, url: `ws://127.0.0.1:${await listen(http)}/` };
}

/** The class of `ws`, to be used as if it had our types. */
export const ServerOfWs = WsServer as unknown as typeof WebSocketServer;

export type AnyServing = Serving<WebSocketServer>;

export function portOf({ http }: AnyServing): number {
  return (http.address() as AddressInfo).port;
}

/** Runs with a server of `ws`, as if it had our types. */
export function withWs(run: (serving: AnyServing) => unknown): () => Promise<unknown> {
  return async () => run((await serveWs()) as unknown as AnyServing);
}

/** Runs with a server of ours. */
export function withOurs(run: (serving: AnyServing) => unknown): () => Promise<unknown> {
  return async () => run(await serveHere());
}

/** Where a server listens that was given a port; it is closed when the test is over. */
export function urlOfOwn(wss: WebSocketServer): string {
  releaseLater(() => {
    for (const ws of wss.clients) ws.terminate();
    return new Promise<void>((resolve) => void wss.close(() => resolve()));
  });
  return `ws://127.0.0.1:${(wss.address() as AddressInfo).port}/`;
}

/** A client of `ws`. */
export function dialWs(
  url: string,
  protocols: string[] = [],
  options: ClientOptions = {},
): WsClient {
  const client = new WsClient(url, protocols, { perMessageDeflate: false, ...options });
  client.on('error', () => undefined);
  releaseLater(() => client.terminate());
  return client;
}

/** What a client of `ws` is answered with. */
export function answerTo(client: WsClient): Promise<IncomingMessage> {
  return new Promise((resolve) => {
    client.once('upgrade', resolve);
    client.once('unexpected-response', (_: ClientRequest, response) => resolve(response));
  });
}

/** The status that a client of `ws` gets. */
export async function statusFor(url: string, options: ClientOptions = {}): Promise<number> {
  return (await answerTo(dialWs(url, [], options))).statusCode!;
}

/** The next connection. */
export function connectionTo(wss: WebSocketServer): Promise<ServerSocket> {
  return new Promise((resolve) => void wss.once('connection', resolve));
}
