/**
 * The demo's page in a real browser.
 *
 * Without a browser the tests are skipped, and say so, unless REQUIRE_BROWSER=1 demands one: then they
 * fail. With SCREENSHOTS=<folder> they leave pictures there.
 */
import type { Socket } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { listenOn, urlOf } from '../src/demo/listen';
import type { Demo } from '../src/demo/server';
import { findBrowser, launch } from './browser';
import { browserTest, PATIENCE } from './browser-page';
import { newcomer, openWindow, overflow, picture, seen, visibleHeight } from './pages';
import type { View } from './pages';

const NO_BROWSER = 'no Chromium or Chrome found on the PATH or in CHROMIUM_PATH';
const browserPath = findBrowser();

let demo: Demo;
let browser: Browser | undefined;
const contexts: BrowserContext[] = [];
let errors: Error[] = [];

if (browserPath === undefined) console.warn(`The demo's page is not tested: ${NO_BROWSER}.`);

beforeAll(async () => {
  if (browserPath !== undefined) browser = await launch(browserPath);
}, PATIENCE);

beforeEach(async () => {
  demo = await listenOn('0');
  errors = [];
});

afterEach(async () => {
  await Promise.all(contexts.splice(0).map((context) => context.close()));
  await demo.close();
  expect(errors).toEqual([]);
});

afterAll(() => browser?.close(), PATIENCE);

const WIDE: View = { width: 1200, height: 800, scheme: 'light' };
const VIEWS: View[] = (['light', 'dark'] as const).flatMap((scheme) => [
  { width: 1200, height: 800, scheme },
  { width: 375, height: 667, scheme },
  { width: 320, height: 568, scheme },
]);

async function open(context: BrowserContext, path = '', url = urlOf(demo)): Promise<Page> {
  const [page, thrown] = await openWindow(context, url + path);
  page.on('close', () => errors.push(...thrown));
  await seen(page, '#chat .state', /^open$/);
  await seen(page, '#echo .state', /^open$/);
  return page;
}

async function someone(view: View = WIDE): Promise<BrowserContext> {
  if (browser === undefined) throw new Error(NO_BROWSER);
  const context = await newcomer(browser, view);
  contexts.push(context);
  return context;
}

async function nameOf(page: Page): Promise<string> {
  await seen(page, '#who', /^You are .+, /);
  return /^You are (.+?), /.exec((await page.textContent('#who'))!)![1];
}

async function write(page: Page, text: string): Promise<void> {
  await page.fill('#chat-text', text);
  await page.press('#chat-text', 'Enter');
}

browserTest.each(VIEWS)(
  'a conversation in a room, on $width × $height, $scheme',
  async (view) => {
    const [page, other] = [await open(await someone(view)), await open(await someone())];
    const [name, otherName] = [await nameOf(page), await nameOf(other)];
    await seen(page, '#chat .note', new RegExp(`${otherName} came in$`));
    await write(page, 'héllo');
    await seen(page, '#chat .sent', /héllo · to 1 other$/);
    await seen(other, '#chat .received', new RegExp(`${name} héllo$`));
    await write(other, `hello ${name}`);
    await seen(page, '#chat .received', new RegExp(`${otherName} hello ${name}$`));
    await picture(page, `chat-${view.width}-${view.scheme}`);
    expect(await visibleHeight(page, '#chat .log')).toBeGreaterThan(200);
    expect(await visibleHeight(page, '#chat-text')).toBeGreaterThan(30);
    expect(await overflow(page)).toBe(0);
  },
  PATIENCE,
);

browserTest.each(VIEWS)(
  'a conversation with the echo, on $width × $height, $scheme',
  async (view) => {
    const page = await open(await someone(view), '#echo');
    await seen(page, '#version', /^hybi-13$/);
    await seen(page, '#round-trip', /^\d+\.\d ms$/);
    await page.fill('#echo-text', 'héllo');
    await page.press('#echo-text', 'Enter');
    await seen(page, '#echo .received', /héllo$/);
    await page.click('#send-bytes');
    await seen(page, '#echo .received .bytes', /^(?:[0-9a-f]{2} ){7}[0-9a-f]{2}$/);
    const bytes = await page.locator('.bytes').allTextContents();
    expect(bytes).toEqual([bytes[0], bytes[0]]);
    await picture(page, `echo-${view.width}-${view.scheme}`);

    await page.selectOption('#code', '3001');
    await page.fill('#reason', 'that is all');
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await seen(page, '#ended', /^3001, clean$/);
    await seen(page, '#echo .note', /you ended it \(code 3001\): “that is all”$/);
    await seen(page, '#echo .state', /^closed$/);
    await picture(page, `echo-ended-${view.width}-${view.scheme}`);
    expect(await visibleHeight(page, '#echo .log')).toBeGreaterThan(150);
    expect(await overflow(page)).toBe(0);
  },
  PATIENCE,
);

browserTest(
  'two windows of one browser are told apart, and who leaves is told with why',
  async () => {
    const context = await someone();
    const first = await open(context, '?room=tea');
    const [second] = await Promise.all([
      context.waitForEvent('page'),
      first.click('#second-window'),
    ]);
    const [name, other] = [await nameOf(first), await nameOf(second)];
    expect(other).toBe(`${name} 2`);
    expect(await second.inputValue('#room')).toBe('tea');
    await second.getByRole('button', { name: 'Leave' }).click();
    await seen(second, '#chat .note', /you ended it \(code 1000, done\): “left the room”$/);
    await seen(
      first,
      '#chat .note',
      new RegExp(`${other} left: they ended it \\(code 1000, done\\): “left the room”$`),
    );
    await second.getByRole('button', { name: 'Come back' }).click();
    await seen(first, '#who', new RegExp(`with ${other}\\.$`));
    await second.close();
    await seen(first, '#chat .note', /they ended it \(code 1001, going away\)$/);
  },
  PATIENCE,
);

browserTest(
  'a file arrives whole, to be saved under its name',
  async () => {
    const [page, other] = [await open(await someone()), await open(await someone())];
    const bytes = Buffer.from(Array.from({ length: 3 << 20 }, (_, at) => (at * at) >> 7));
    await page.setInputFiles('#file', {
      name: 'three.bin',
      mimeType: 'text/plain',
      buffer: bytes,
    });
    await seen(page, '#chat .sent', /three\.bin \(3\.0 MiB\) · to 1 other$/);
    const link = other.getByRole('link', { name: 'three.bin' });
    const [download] = await Promise.all([other.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toBe('three.bin');
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
  },
  PATIENCE,
);

browserTest(
  'a file that is too long is not sent',
  async () => {
    const page = await open(await someone());
    const buffer = Buffer.alloc((4 << 20) + 1);
    await page.setInputFiles('#file', { name: 'long.bin', mimeType: 'text/plain', buffer });
    await seen(page, '#chat .note', /long\.bin is too long: 4\.0 MiB of at most 4\.0 MiB$/);
    await seen(page, '#chat .state', /^open$/);
  },
  PATIENCE,
);

browserTest(
  'the server sends no faster than the page reads, and says so',
  async () => {
    const page = await open(await someone());
    await page.click('#flood');
    await seen(
      page,
      '#echo .note',
      /32\.0 MiB came in [\d.]+ s; the server paused \d+ times to wait for this page, and held at most \d+ KiB meanwhile$/,
    );
    await picture(page, 'flood');
    expect(await page.locator('#send-bytes').isEnabled()).toBe(true);
  },
  PATIENCE,
);

browserTest(
  'the server ends a connection when it is asked to, and the page comes back',
  async () => {
    const page = await open(await someone());
    await page.click('#end');
    await seen(page, '#echo .note', /the server ended it \(code 4000\): “you asked for it”$/);
    await seen(page, '#echo .state', /^open$/);
    await seen(page, '#ended', /^–$/);
  },
  PATIENCE,
);

browserTest(
  'the page says that the server went, and is there again when it is back',
  async () => {
    const page = await open(await someone());
    const { port } = new URL(urlOf(demo));
    await demo.close();
    await seen(
      page,
      '#chat .note',
      /the server ended it \(code 1001, going away\): “The demo was stopped\.”$/,
    );
    await seen(page, '#chat .state', /^back in \d+ s$/);
    await picture(page, 'server-stopped');
    demo = await listenOn(port);
    for (const part of ['#chat', '#echo']) await seen(page, `${part} .state`, /^open$/);
    await nameOf(page);
  },
  PATIENCE,
);

browserTest(
  'the page says that a connection was lost, and comes back',
  async () => {
    const sockets: Socket[] = [];
    demo.server.on('connection', (socket: Socket) => sockets.push(socket));
    const page = await open(await someone());
    const name = await nameOf(page);
    for (const socket of sockets.splice(0)) socket.resetAndDestroy();
    for (const part of ['#chat', '#echo']) {
      await seen(page, `${part} .note`, /the connection was lost, without a closing handshake/);
      await seen(page, `${part} .state`, /^open$/);
    }
    expect(await nameOf(page)).toBe(name);
  },
  PATIENCE,
);

browserTest.each(['..', 'a/b', 'x'.repeat(33)])(
  'what cannot be a room is the lobby: %s',
  async (room) => {
    const page = await open(await someone(), `?room=${encodeURIComponent(room)}`);
    expect(await page.inputValue('#room')).toBe('lobby');
  },
  PATIENCE,
);

browserTest.each(['..', 'a/b'])(
  'what cannot be a room is refused where it was typed: %s',
  async (room) => {
    const page = await open(await someone());
    await page.fill('#room', room);
    await page.getByRole('button', { name: 'Go' }).click();
    await page.locator('#room:invalid').waitFor();
  },
  PATIENCE,
);

browserTest(
  'a reason that is too long is refused where it was typed',
  async () => {
    const page = await open(await someone());
    await page.fill('#reason', 'é'.repeat(62));
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await page.locator('#reason:invalid').waitFor();
    await seen(page, '#echo .state', /^open$/);
  },
  PATIENCE,
);
