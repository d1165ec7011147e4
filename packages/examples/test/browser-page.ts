/**
 * A page of a real browser and the server that it is from. Without a browser the tests are skipped,
 * unless REQUIRE_BROWSER=1 demands one: then they fail.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Browser, Page } from 'playwright-core';
import { findBrowser, launch } from './browser';
import { shutDown } from './endings';

const browserPath = findBrowser();
const runnable = browserPath !== undefined || process.env['REQUIRE_BROWSER'] === '1';
export const browserTest: jest.It = runnable ? test : test.skip;

/** For a browser to start on a busy machine. */
export const PATIENCE = 60_000;

export interface ServedPage {
  /** Open while tests run. */
  readonly page: Page;
  urlOf(scheme: string): string;
}

/** Answers with an empty page. */
export const emptyPage: RequestListener = (_, response) => response.end('<!doctype html>');

/** Serves an empty page, or what `onRequest` answers, to a browser for the tests of this file. */
export function servePage(
  onUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void,
  onRequest: RequestListener = emptyPage,
): ServedPage {
  let browser: Browser | undefined;
  let page: Page | undefined;
  const server: Server = createServer(onRequest);
  server.on('upgrade', onUpgrade);
  const urlOf = (scheme: string): string =>
    `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}/`;

  beforeAll(async () => {
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

  return {
    get page() {
      return page!;
    },
    urlOf,
  };
}
