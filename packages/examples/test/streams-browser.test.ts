/**
 * Messages in parts between a server and a real browser, which sends and receives whole ones. Without a
 * browser the tests are skipped, unless REQUIRE_BROWSER=1 demands one: then they fail.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import WebSocket from '@ws/websocket';
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
let deflate: boolean;
/** What became of the latest connection. */
let echoing: Promise<void>;

/** Sends every message back while it arrives. */
async function echo(ws: WebSocket): Promise<void> {
  for await (const message of ws.messages()) {
    await ws.sendStream(message, { text: message.type === 'text' });
  }
}

beforeAll(async () => {
  server = createServer((_, response) => response.end('<!doctype html>'));
  server.on('upgrade', (request, socket, head) => {
    echoing = echo(new WebSocket(request, socket, head, [], { deflate }));
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

browserTest.each([
  ['as they are', false],
  ['compressed', true],
])(
  'what the server sends back while it arrives is the same in the browser: %s',
  async (_, compressed) => {
    deflate = compressed;
    const seen = await page.evaluate(conversation, [urlOf('ws'), SIZES] as [
      string,
      readonly number[],
    ]);
    expect(seen.extensions.includes('permessage-deflate')).toBe(compressed);
    expect(seen.digests).toEqual(expectedDigests());
    expect(seen.code).toBe(3000);
    await echoing;
  },
  PATIENCE,
);
