/**
 * Compressed messages between a server and a real browser. Without a browser the tests are skipped,
 * unless REQUIRE_BROWSER=1 demands one: then they fail.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import WebSocket from '@ws/websocket';
import type { ServerOptions } from '@ws/websocket';
import type { Browser, Page } from 'playwright-core';
import { findBrowser, launch } from './browser';
import { conversation, expectedDigests, SIZES } from './browser-conversation';
import { shutDown } from './endings';

const browserPath = findBrowser();
const runnable = browserPath !== undefined || process.env['REQUIRE_BROWSER'] === '1';
const browserTest = runnable ? test : test.skip;

/** For a browser to start on a busy machine. */
const PATIENCE = 60_000;

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
    const seen = await page.evaluate(conversation, [urlOf('ws'), SIZES] as [
      string,
      readonly number[],
    ]);
    expect(seen.extensions).toMatch(extensions);
    expect(accepted.extensions).toBe(seen.extensions);
    expect(seen.digests).toEqual(expectedDigests());
    expect(seen.code).toBe(3000);
  },
  PATIENCE,
);
