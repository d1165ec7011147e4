/** WebSocketServers beside Vite's dev server, whose hot reload goes on working. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@ws/websocket';
import type { Browser, Page } from 'playwright-core';
import { Child } from '../../../child-process/src';
import { bundled } from '../../../child-process/test/bundled';
import type { Bundled } from '../../../child-process/test/bundled';
import { messageOf, nextEvent } from '../../../websocket/test/support/observed';
import { releaseLater } from '../../../websocket/test/support/release';
import { findBrowser, launch } from '../browser';
import { browserTest, PATIENCE } from '../browser-page';
import type { ViteCalls, ViteKind } from './vite-server';

const PAGE = {
  'index.html': `<!doctype html>
    <title>before</title>
    <p id="text"></p>
    <ul id="messages"></ul>
    <script type="module" src="/main.js"></script>`,
  'text.js': `export const text = 'before';`,
  'main.js': `
    import { text } from './text.js';
    const show = (text) => { document.querySelector('#text').textContent = text; };
    show(text);
    import.meta.hot.accept('./text.js', ({ text }) => show(text));
    window.ws = new WebSocket('ws://' + location.host + '/chat/lobby');
    ws.onopen = () => ws.send('opened');
    ws.onmessage = ({ data }) => {
      document.querySelector('#messages').append(
        Object.assign(document.createElement('li'), { textContent: data }),
      );
    };`,
};

let scripts: Bundled;
let browser: Browser | undefined;

beforeAll(async () => {
  scripts = await bundled([join(__dirname, 'vite-server.ts')], ['vite', 'ws']);
  const path = findBrowser();
  if (path !== undefined) browser = await launch(path);
}, PATIENCE);

afterAll(async () => {
  await browser?.close();
  scripts.remove();
}, PATIENCE);

interface Served {
  readonly folder: string;
  readonly port: number;
}

async function serve(kind: ViteKind): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'vite-'));
  releaseLater(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(PAGE)) writeFileSync(join(folder, name), text);
  const child = new Child<ViteCalls>('Vite', join(scripts.folder, 'vite-server.js'));
  releaseLater(() => child.stop());
  return { folder, port: await child.ask('start', kind, folder) };
}

/** Says what is shown in the page, when it is. */
async function shown(page: Page, selector: string, text: string): Promise<void> {
  await page.locator(selector, { hasText: text }).first().waitFor();
}

function dial(port: number, path: string, protocols: string[] = []): Client {
  const ws = new Client(`ws://127.0.0.1:${port}${path}`, protocols);
  releaseLater(() => ws.terminate());
  return ws;
}

describe.each<ViteKind>(['middleware', 'plugin', 'shared'])('%s', (kind) => {
  browserTest('what is changed is replaced in the page, whose chat stays open', async () => {
    const { folder, port } = await serve(kind);
    const page = await browser!.newPage();
    releaseLater(() => page.close());
    await page.goto(`http://127.0.0.1:${port}/`);
    await shown(page, '#text', 'before');
    await shown(page, 'li', 'opened');
    await page.evaluate(`window.isSame = true`);
    writeFileSync(join(folder, 'text.js'), `export const text = 'after';`);
    await shown(page, '#text', 'after');
    await page.evaluate(`ws.send('still open')`);
    await shown(page, 'li', 'still open');
    expect(await page.evaluate(`isSame`)).toBe(true);
    expect(await page.locator('li').allTextContents()).toEqual(['opened', 'still open']);
  });

  browserTest(
    'what cannot be replaced has the page loaded again, and its chat opened',
    async () => {
      const { folder, port } = await serve(kind);
      const page = await browser!.newPage();
      releaseLater(() => page.close());
      await page.goto(`http://127.0.0.1:${port}/`);
      await shown(page, 'li', 'opened');
      writeFileSync(join(folder, 'index.html'), PAGE['index.html'].replace('before', 'after'));
      await page.waitForFunction(`document.title === 'after'`);
      await shown(page, 'li', 'opened');
    },
  );

  test('Vite has the requests of its own client', async () => {
    const { port } = await serve(kind);
    const ws = dial(port, '/', ['vite-hmr']);
    expect(await messageOf(ws)).toBe('{"type":"connected"}');
  });
});

test('two WebSocketServers, Vite and another listener share an HTTP server', async () => {
  const { port } = await serve('shared');
  const chat = dial(port, '/chat/lobby');
  await nextEvent(chat, 'open');
  chat.send('chat');
  const others = [dial(port, '/news'), dial(port, '/foreign'), dial(port, '/', ['vite-hmr'])];
  const messages = await Promise.all([chat, ...others].map(messageOf));
  expect(messages).toEqual(['chat', 'news', 'foreign', '{"type":"connected"}']);
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toContain('/@vite/client');
});
