/** WebSocketServers beside Vite's dev server, whose hot reload goes on working. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, nextEvent } from '../../../websocket/test/support/observed';
import { browserTest } from '../browser-page';
import { devServers, dial, expectReplacement, shown } from './dev-servers';

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

const { serve, openPage } = devServers('vite-server', ['vite', 'ws']);

describe.each(['middleware', 'plugin', 'shared'])('%s', (kind) => {
  browserTest('what is changed is replaced in the page, whose chat stays open', async () => {
    const { folder, port } = await serve(PAGE, kind);
    const page = await openPage(port);
    await expectReplacement(page, folder);
    expect(await page.locator('li').allTextContents()).toEqual(['opened', 'still open']);
  });

  browserTest(
    'what cannot be replaced has the page loaded again, and its chat opened',
    async () => {
      const { folder, port } = await serve(PAGE, kind);
      const page = await openPage(port);
      await shown(page, 'li', 'opened');
      writeFileSync(join(folder, 'index.html'), PAGE['index.html'].replace('before', 'after'));
      await page.waitForFunction(`document.title === 'after'`);
      await shown(page, 'li', 'opened');
    },
  );

  test('Vite has the requests of its own client', async () => {
    const { port } = await serve(PAGE, kind);
    expect(await messageOf(dial(port, '/', ['vite-hmr']))).toBe('{"type":"connected"}');
  });
});

test('when Vite has restarted, its new HTTP server has the chat', async () => {
  const { port } = await serve(PAGE, 'restarted');
  const chat = dial(port, '/chat/lobby');
  chat.send('hello');
  expect(await messageOf(chat)).toBe('hello');
});

test('two WebSocketServers, Vite and another listener share an HTTP server', async () => {
  const { port } = await serve(PAGE, 'shared');
  const chat = dial(port, '/chat/lobby');
  await nextEvent(chat, 'open');
  chat.send('chat');
  const others = [dial(port, '/news'), dial(port, '/foreign'), dial(port, '/', ['vite-hmr'])];
  const messages = await Promise.all([chat, ...others].map(messageOf));
  expect(messages).toEqual(['chat', 'news', 'foreign', '{"type":"connected"}']);
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toContain('/@vite/client');
});
