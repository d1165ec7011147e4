/** The site in a browser: what its search finds, how wide it is, and that it loads nothing from elsewhere. */
import { mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
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
])('a search for %s finds %s first', async (word, expected) => {
  const { page, foreign } = await openWindow(1200, 'light');
  await page.goto(origin);
  await page.click('.VPNavBarSearch button');
  await page.fill('#localsearch-input', word);
  const first = page.locator('#localsearch-list a').first();
  await first.waitFor();
  const link = await first.getAttribute('href');
  expect(new URL(link!, origin).pathname).toBe(expected);
  expect(foreign).toEqual([]);
  await page.context().close();
});

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
