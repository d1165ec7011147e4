/** proxy() between peers that compress: with the one, the other, both or none; whole messages and parts. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { randomBytes } from 'node:crypto';
import { chain, expectPassage, isReceiving, messagesOf } from './support/proxied';
import type { ChainOptions } from './support/proxied';
import { releaseLater } from './support/release';

const TEXT = 'héllo '.repeat(60_000);
/** Twice the same, so that contexts that are kept have something to refer to; and what does not get smaller. */
const MESSAGES = [
  'short',
  'short',
  '',
  Buffer.alloc(0),
  Buffer.from('short'),
  TEXT,
  TEXT,
  randomBytes(300_000),
  Buffer.from(TEXT),
  'last',
];

const KEPT = { threshold: 0, clientNoContextTakeover: false, serverNoContextTakeover: false };
const FRESH = { threshold: 0, clientNoContextTakeover: true, serverNoContextTakeover: true };
const CONTEXTS = { kept: KEPT, 'begun anew': FRESH };

interface Agreement {
  readonly agreed: string;
  readonly contexts: string;
  readonly options: ChainOptions;
}

const AGREEMENTS: Agreement[] = Object.entries(CONTEXTS).flatMap(([contexts, deflate]) => [
  { agreed: 'none', contexts, options: { deflate } },
  { agreed: 'the client', contexts, options: { deflate, ws: { deflate } } },
  { agreed: 'the upstream', contexts, options: { deflate, dialled: { deflate } } },
  { agreed: 'both', contexts, options: { deflate, ws: { deflate }, dialled: { deflate } } },
]);

describe.each(AGREEMENTS)('with $agreed, contexts $contexts', ({ options }) => {
  test('all messages arrive as they were sent, both ways at once', async () => {
    const { client, upstream } = await chain(options);
    expect(client.extensions !== '').toBe('ws' in options);
    expect(upstream.extensions !== '').toBe('dialled' in options);
    await Promise.all([
      expectPassage(client, upstream, MESSAGES),
      expectPassage(upstream, client, MESSAGES),
    ]);
    await expectPassage(client, upstream, MESSAGES);
  });

  test('fragments are passed on before the end of the message', async () => {
    const { client, upstream } = await chain(options);
    const received = messagesOf(upstream, 2);
    client.send(TEXT, { fin: false });
    while (!isReceiving(upstream)) await new Promise(setImmediate);
    client.send(TEXT, { fin: true });
    client.send('next');
    expect((await received).map(([data]) => data.toString())).toEqual([TEXT + TEXT, 'next']);
  });
});

test.each([true, false])('compress: %p says whether what is passed on is', async (compress) => {
  const both = { deflate: KEPT, ws: { deflate: KEPT }, dialled: { deflate: KEPT } };
  const { client, upstream, dialled } = await chain({ ...both, proxy: { compress } });
  const found: boolean[] = [];
  const onSent = (message: unknown): void => {
    const { websocket, compressed } = message as { websocket: unknown; compressed: boolean };
    if (websocket === dialled) found.push(compressed);
  };
  subscribe('websocket:message:sent', onSent);
  releaseLater(() => unsubscribe('websocket:message:sent', onSent));
  await expectPassage(client, upstream, ['short', TEXT]);
  expect(found).toEqual([compress, compress]);
});
