/** Server-sent events between a server and the `EventSource` of a real browser, which connects again by itself. */
import { WebSocket } from '@ws/websocket';
import type { EventSource as ServerSource } from '@ws/websocket';
import { browserTest, emptyPage, PATIENCE, servePage } from './browser-page';

/** What the server does with the next sources, in this order. */
let uses: ((source: ServerSource) => void)[] = [];
let sources: ServerSource[] = [];

const served = servePage(
  () => undefined,
  (request, response) => {
    if (!WebSocket.EventSource.isEventSource(request)) return emptyPage(request, response);
    const use = uses.shift();
    // The one answer after which a client does not connect again (HTML §9.2.3).
    if (use === undefined) return response.writeHead(204).end();
    const source = new WebSocket.EventSource(request, response, { retry: 0.01 });
    sources.push(source);
    use(source);
  },
);

/** What the page sees until the browser gives up, or an event of the type `leave` comes. */
async function seenBy(...next: typeof uses): Promise<string[]> {
  uses = next;
  sources = [];
  return served.page.evaluate(
    (url) =>
      new Promise<string[]>((resolve) => {
        const seen: string[] = [];
        const source = new EventSource(url);
        const note = ({ type, data, lastEventId }: MessageEvent): unknown =>
          seen.push(`${type} ${JSON.stringify(data)} ${lastEventId}`);
        source.onopen = () => seen.push('open');
        source.onmessage = note;
        source.addEventListener('other', note);
        source.addEventListener('leave', () => {
          source.close();
          resolve(seen);
        });
        source.onerror = () => {
          if (source.readyState === EventSource.CLOSED) resolve(seen);
        };
      }),
    `${served.urlOf('http')}events`,
  );
}

browserTest(
  'a browser goes on where it has stopped, by the id of its last event',
  async () => {
    const id = 'ä € "2"';
    const seen = await seenBy(
      (source) => {
        source.send('one', { id: 1 });
        source.ping();
        source.send('two\r\nlines\rof\ntext', { event: 'other', id });
        source.send('three');
        source.close();
      },
      (source) => {
        source.send('four', { event: 'other', id: '' });
        source.close();
      },
      (source) => source.end('five'),
    );
    expect(seen).toEqual([
      'open',
      'message "one" 1',
      `other "two\\nlines\\nof\\ntext" ${id}`,
      `message "three" ${id}`,
      'open',
      'other "four" ',
      'open',
      'message "five" ',
    ]);
    expect(sources.map(({ lastEventId }) => lastEventId)).toEqual(['', id, '']);
  },
  PATIENCE,
);

browserTest(
  'a reader that was given up as too slow connects again',
  async () => {
    const seen = await seenBy(
      (source) => {
        source.on('open', () => {
          source.send('seen', { id: 7 });
          setImmediate(() => {
            while (source.writable) source.send('x'.repeat(8_000_000));
          });
        });
      },
      (source) => source.end('again'),
    );
    expect(seen[0]).toBe('open');
    expect(seen.at(-1)).toMatch(/^message "again" 7$/);
    expect(sources.map(({ lastEventId }) => lastEventId)).toEqual(['', '7']);
  },
  PATIENCE,
);

browserTest(
  'a page that leaves closes the source',
  async () => {
    let closed = Promise.resolve();
    await seenBy((source) => {
      closed = new Promise((resolve) => source.once('close', () => resolve()));
      source.send('bye', { event: 'leave' });
    });
    await closed;
    expect(sources[0].readyState).toBe(3);
  },
  PATIENCE,
);
