/** The site in a browser: what its search finds, how wide it is, and that it loads nothing from elsewhere. */
import { mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { findBrowser, launch } from '../../../examples/test/browser';
import { builtPages, serveSite } from './built-site';

const { SCREENSHOTS } = process.env;

let server: Server;
let browser: Browser;
let origin: string;

beforeAll(async () => {
  const path = findBrowser();
  if (path === undefined) throw new Error('Chromium is needed: on the PATH, or in CHROMIUM_PATH');
  server = await serveSite();
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launch(path);
});

afterAll(async () => {
  await browser.close();
  server.close();
});

interface Window {
  readonly page: Page;
  /** What was asked of other hosts. */
  readonly foreign: string[];
}

async function openWindow(width: number, colorScheme: 'light' | 'dark'): Promise<Window> {
  const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
  const page = await context.newPage();
  const foreign: string[] = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith('data:')) foreign.push(url);
  });
  return { page, foreign };
}

test.each([
  ['1006', '/how-to/close-code-1006'],
  ['heartbeat', '/how-to/half-open-peers'],
  ['nginx', '/how-to/proxies-in-front'],
  ['memory', '/topics/memory'],
  ['reconnect', '/how-to/reconnecting'],
  ['cookie', '/how-to/authentication-with-cookies'],
  ['token', '/how-to/authentication-with-a-token'],
  ['compression', '/how-to/compression'],
  ['backpressure', '/how-to/slow-readers'],
  ['rooms', '/tutorial/chat'],
  ['broadcast', '/reference/server/classes/WebSocketServer'],
  ['binary', '/how-to/binary-data'],
  ['express', '/how-to/express'],
  ['timeout', '/how-to/close-code-1006'],
  ['ECONNRESET', '/how-to/close-code-1006'],
  ['draft-76', '/how-to/old-clients'],
  ['TypeScript', '/tutorial/chat-typescript'],
  ['load balancer', '/how-to/proxies-in-front'],
  ['vitest', '/how-to/testing'],
])('the first results of a search for %s have %s', async (word, expected) => {
  const { page, foreign } = await openWindow(1200, 'light');
  await page.goto(origin);
  await page.click('.VPNavBarSearch button');
  await page.fill('#localsearch-input', word);
  const links = page.locator('#localsearch-list a');
  await links.first().waitFor();
  expect((await pathsOf(links)).slice(0, 3)).toContain(expected);
  expect(foreign).toEqual([]);
  await page.context().close();
});

async function pathsOf(links: Locator): Promise<string[]> {
  const targets = await Promise.all((await links.all()).map((link) => link.getAttribute('href')));
  return targets.map((target) => new URL(target!, origin).pathname);
}

const PATHS = [...builtPages().keys()].filter(
  (path) =>
    !path.startsWith('/reference/') || /^\/reference\/(?:[\w-]+\/)?$|WebSocketServer$/.test(path),
);
const LOOKS = [1200, 360].flatMap((width) =>
  (['light', 'dark'] as const).map((scheme) => ({ width, scheme })),
);

test.each(LOOKS)(
  '$width px wide and $scheme, no page is wider, none loads anything from elsewhere',
  async ({ width, scheme }) => {
    const wide: string[] = [];
    const { page, foreign } = await openWindow(width, scheme);
    for (const path of PATHS) {
      await page.goto(origin + path);
      const needed = Number(await page.evaluate('document.documentElement.scrollWidth'));
      if (needed > width) wide.push(`${path}: ${needed}`);
      await picture(page, `${path.replaceAll('/', '_')}-${width}-${scheme}.png`);
    }
    await page.context().close();
    expect({ wide, foreign }).toEqual({ wide: [], foreign: [] });
  },
  // Every page is loaded.
  300_000,
);

/** Takes one if pictures are wanted. */
async function picture(page: Page, name: string): Promise<void> {
  if (SCREENSHOTS === undefined) return;
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, name) });
}
