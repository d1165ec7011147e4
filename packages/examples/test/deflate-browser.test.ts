/**
 * Compressed messages between a server and a real browser. Without a browser the tests are skipped,
 * unless REQUIRE_BROWSER=1 demands one: then they fail.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import WebSocket from '@ws/websocket';
import type { ServerOptions } from '@ws/websocket';
import type { Browser, Page } from 'playwright-core';
import { findBrowser, launch } from './browser';
import { shutDown } from './endings';

const browserPath = findBrowser();
const runnable = browserPath !== undefined || process.env['REQUIRE_BROWSER'] === '1';
const browserTest = runnable ? test : test.skip;

/** For a browser to start on a busy machine. */
const PATIENCE = 60_000;
const SIZES = [0, 1, 125, 126, 1023, 1024, 16_384, 65_536, 2 ** 20];

let browser: Browser | undefined;
let page: Page;
let server: Server;
/** The options of the server's next connection, and its end of the latest. */
let options: ServerOptions;
let accepted: WebSocket;

beforeAll(async () => {
  server = createServer((_, response) => response.end('<!doctype html>'));
  server.on('upgrade', (request, socket, head) => {
    accepted = new WebSocket(request, socket, head, [], options);
    accepted.on('message', ({ data }) => accepted.send(data));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  if (browserPath === undefined) return;
  browser = await launch(browserPath);
  page = await browser.newPage();
  await page.goto(urlOf('http'));
}, PATIENCE);

afterAll(async () => {
  await browser?.close();
  await shutDown(server);
}, PATIENCE);

function urlOf(scheme: string): string {
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

interface Seen {
  readonly extensions: string;
  /** The SHA-1 of each echo of text, then of bytes. */
  readonly digests: readonly string[];
  readonly code: number;
}

/** In the page: has messages of these sizes sent back, twice over, and closes. */
async function conversation([url, sizes]: [string, number[]]): Promise<Seen> {
  const ws = new globalThis.WebSocket(url);
  ws.binaryType = 'arraybuffer';
  await new Promise((resolve) => (ws.onopen = resolve));
  const digests: string[] = [];
  const echo = (message: string | Uint8Array<ArrayBuffer>): Promise<string | ArrayBuffer> => {
    ws.send(message);
    return new Promise((resolve) => {
      ws.onmessage = ({ data }: { data: string | ArrayBuffer }) => resolve(data);
    });
  };
  for (const size of [...sizes, ...sizes]) {
    const text = 'The quick brown fox. '.repeat(size / 21 + 1).slice(0, size);
    const bytes = Uint8Array.from({ length: size }, (_, at) => (at * at) >> 5);
    for (const message of [text, bytes]) {
      const data = await echo(message);
      const raw = typeof data === 'string' ? new TextEncoder().encode(data) : new Uint8Array(data);
      const hash = await crypto.subtle.digest('SHA-1', raw);
      digests.push(
        Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join(''),
      );
    }
  }
  const { extensions } = ws;
  ws.close(3000);
  const code = await new Promise<number>(
    (resolve) => (ws.onclose = (event) => resolve(event.code)),
  );
  return { extensions, digests, code };
}

/** What the page should have got back. */
function expectedDigests(): string[] {
  const digests = SIZES.flatMap((size) => {
    const text = 'The quick brown fox. '.repeat(size / 21 + 1).slice(0, size);
    const bytes = Uint8Array.from({ length: size }, (_, at) => (at * at) >> 5);
    return [text, bytes].map((data) => createHash('sha1').update(data).digest('hex'));
  });
  return [...digests, ...digests];
}

const TAKEOVER = { serverNoContextTakeover: false, clientNoContextTakeover: false };

browserTest.each([
  ['the defaults', true, /^permessage-deflate; server_no_context_takeover; client_no_context/],
  ['context takeover', { ...TAKEOVER, threshold: 0 }, /^permessage-deflate$/],
  [
    'small windows',
    { ...TAKEOVER, serverMaxWindowBits: 9, clientMaxWindowBits: 10, threshold: 0 },
    /^permessage-deflate; server_max_window_bits=9; client_max_window_bits=10$/,
  ],
  ['none', false, /^$/],
])(
  'compression with %s',
  async (_, deflate, extensions) => {
    options = { deflate };
    const seen = await page.evaluate(conversation, [urlOf('ws'), SIZES] as [string, number[]]);
    expect(seen.extensions).toMatch(extensions);
    expect(accepted.extensions).toBe(seen.extensions);
    expect(seen.digests).toEqual(expectedDigests());
    expect(seen.code).toBe(3000);
  },
  PATIENCE,
);
