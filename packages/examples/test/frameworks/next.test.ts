/** A WebSocketServer beside Next.js in a custom server, whose hot reload goes on working. */
import { messageOf, nextEvent } from '../../../websocket/test/support/observed';
import { browserTest } from '../browser-page';
import { devServers, dial, expectReplacement } from './dev-servers';

const PAGES = {
  'text.js': `export const text = 'before';`,
  'pages/index.js': `
    import { useEffect, useState } from 'react';
    import { text } from '../text';
    export default function Home() {
      const [messages, setMessages] = useState([]);
      useEffect(() => {
        // Fast Refresh runs effects again.
        window.ws ??= new WebSocket('ws://' + location.host + '/chat/lobby');
        ws.onopen = () => ws.send('opened');
        ws.onmessage = ({ data }) => setMessages((before) => [...before, data]);
      }, []);
      const items = messages.map((message, index) => <li key={index}>{message}</li>);
      return <><p id="text">{text}</p><ul>{items}</ul></>;
    }`,
  // It matches the path of the chat, too: to Next.js an upgrade request for a page is a mistake, and it ends the socket.
  'pages/[...all].js': `export default function All() { return <p>any other page</p>; }`,
};

const { serve, openPage } = devServers('next-server', ['next']);

browserTest('what is changed is replaced in the page, whose chat stays open', async () => {
  const { folder, port } = await serve(PAGES, 'development');
  const page = await openPage(port);
  await expectReplacement(page, folder);
});

test.each(['development', 'production'])(
  'in %s a page that has the path of the chat does not end it, and what nobody serves is answered',
  async (kind) => {
    const { port } = await serve(PAGES, kind);
    const page = await fetch(`http://127.0.0.1:${port}/chat/lobby`);
    expect(await page.text()).toContain('any other page');
    const chat = dial(port, '/chat/lobby');
    await nextEvent(chat, 'open');
    for (const message of ['one', 'two']) {
      chat.send(message);
      expect(await messageOf(chat)).toBe(message);
    }
    const lost = dial(port, kind === 'production' ? '/_next/hmr' : '/lost');
    expect((await nextEvent(lost, 'error')).error).toMatchObject({ statusCode: 404 });
  },
);
