/** Requests that are not Node's own: a framework's, whose repeated headers are lists. */
import type { IncomingMessage } from 'node:http';
import { Duplex } from 'node:stream';
import { serverSettings } from './options';
import { UpgradeOpening } from './upgrade-opening';

test('a key that is there twice is one value, as it was judged', async () => {
  const request = {
    method: 'GET',
    url: '/',
    headers: {
      host: 'example.com',
      upgrade: 'websocket',
      connection: 'Upgrade',
      // The blank that the number needs is the one that joins the two.
      'sec-websocket-key1': ['12', '34'],
      'sec-websocket-key2': '1 2',
    },
    readableLength: 0,
    on: () => request,
    off: () => request,
  } as unknown as IncomingMessage;
  const written: string[] = [];
  const socket = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      written.push(chunk.toString('latin1'));
      done();
    },
  });
  const opening = new UpgradeOpening(request, socket, Buffer.alloc(8), [], serverSettings());
  const version = await new Promise((resolve) =>
    opening.begin({ opened: (session) => resolve(session.version), failed: resolve }),
  );
  expect(version).toBe('hixie-76');
  expect(written.at(-1)).toHaveLength(16);
});
