/**
 * The demo's page in a real browser.
 *
 * Without a browser the tests are skipped, and say so, unless REQUIRE_BROWSER=1 demands one: then they
 * fail. With SCREENSHOTS=<folder> they leave pictures there.
 */
import type { Server } from 'node:http';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { listenOn, urlOf } from '../src/demo/listen';
import { findBrowser, launch } from './browser';
import { shutDown } from './endings';

const { REQUIRE_BROWSER, SCREENSHOTS } = process.env;
const browserPath = findBrowser();
const runnable = browserPath !== undefined || REQUIRE_BROWSER === '1';
const browserTest = runnable ? test : test.skip;
const NO_BROWSER = 'no Chromium or Chrome found on the PATH or in CHROMIUM_PATH';

if (!runnable) console.warn(`The demo's page is not tested: ${NO_BROWSER}.`);

/** For a browser to start on a busy machine. */
const PATIENCE = 60_000;

let server: Server;
let browser: Browser | undefined;

beforeAll(async () => {
  server = await listenOn('0');
  if (browserPath !== undefined) browser = await launch(browserPath);
}, PATIENCE);

afterAll(async () => {
  await browser?.close();
  await shutDown(server);
}, PATIENCE);

interface Opened {
  readonly page: Page;
  /** What the page has thrown. */
  readonly errors: readonly Error[];
}

async function openPage(
  width: number,
  height: number,
  colorScheme: 'light' | 'dark',
): Promise<Opened> {
  if (browser === undefined) throw new Error(NO_BROWSER);
  const page = await browser.newPage({ viewport: { width, height }, colorScheme });
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await page.goto(urlOf(server));
  await page.locator('#state', { hasText: /^open$/ }).waitFor();
  return { page, errors };
}

/** Waits for an element whose text matches. */
function seen(page: Page, selector: string, text: RegExp): Promise<void> {
  return page.locator(selector, { hasText: text }).first().waitFor();
}

async function picture(page: Page, name: string): Promise<void> {
  if (SCREENSHOTS !== undefined) await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
}

const VIEWS = [
  { width: 1100, height: 800, scheme: 'light' },
  { width: 1100, height: 800, scheme: 'dark' },
  { width: 400, height: 800, scheme: 'light' },
  { width: 360, height: 640, scheme: 'dark' },
] as const;

browserTest.each(VIEWS)(
  'a conversation on $width × $height, $scheme',
  async ({ width, height, scheme }) => {
    const { page, errors } = await openPage(width, height, scheme);
    await seen(page, '#version', /^hybi-13$/);
    await seen(page, '#protocol', /^demo$/);
    await seen(page, '#round-trip', /^\d+\.\d ms$/);

    await page.fill('#text', 'héllo');
    await page.press('#text', 'Enter');
    await seen(page, '.sent .text', /^héllo$/);
    await seen(page, '.received .text', /^héllo$/);

    await page.click('#send-bytes');
    await seen(page, '.received .bytes', /^(?:[0-9a-f]{2} ){7}[0-9a-f]{2}$/);
    const bytes = await page.locator('.bytes').allTextContents();
    expect(bytes).toEqual([bytes[0], bytes[0]]);
    await picture(page, `open-${width}-${scheme}`);

    await page.selectOption('#code', '3001');
    await page.fill('#reason', 'that is all');
    await page.getByRole('button', { name: 'Close' }).click();
    await seen(page, '#state', /^closed$/);
    await seen(page, '#closed', /^3001, clean$/);
    await seen(page, '.note', /code 3001, reason “that is all”, wasClean true$/);
    await picture(page, `closed-${width}-${scheme}`);

    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
    expect(errors).toEqual([]);
    await page.close();
  },
  PATIENCE,
);

browserTest(
  'the page reconnects',
  async () => {
    const { page, errors } = await openPage(800, 600, 'light');
    await page.selectOption('#code', '');
    await page.getByRole('button', { name: 'Close' }).click();
    await seen(page, '#closed', /^1005, clean$/);
    expect(await page.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Reconnect' }).click();
    await seen(page, '#state', /^open$/);
    await seen(page, '#closed', /^–$/);
    expect(errors).toEqual([]);
    await page.close();
  },
  PATIENCE,
);

browserTest(
  'a reason that is too long is refused where it was typed',
  async () => {
    const { page } = await openPage(800, 600, 'light');
    await page.fill('#reason', 'é'.repeat(62));
    await page.getByRole('button', { name: 'Close' }).click();
    await page.locator('#reason:invalid').waitFor();
    await seen(page, '#state', /^open$/);
    await page.close();
  },
  PATIENCE,
);
