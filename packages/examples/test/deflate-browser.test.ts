/** Compressed messages between a server and a real browser. */
import WebSocket from '@ws/websocket';
import type { ServerOptions } from '@ws/websocket';
import { conversation, expectedDigests, SIZES } from './browser-conversation';
import { browserTest, PATIENCE, servePage } from './browser-page';

/** The options of the server's next connection, and its end of the latest. */
let options: ServerOptions;
let accepted: WebSocket;

const served = servePage((request, socket, head) => {
  accepted = new WebSocket(request, socket, head, [], options);
  accepted.on('message', ({ data }) => accepted.send(data));
});

const TAKEOVER = { serverNoContextTakeover: false, clientNoContextTakeover: false };

browserTest.each([
  ['the defaults', true, /^permessage-deflate; server_no_context_takeover; client_no_context/],
  ['context takeover', { ...TAKEOVER, threshold: 0 }, /^permessage-deflate$/],
  [
    'small windows',
    { ...TAKEOVER, serverMaxWindowBits: 9, clientMaxWindowBits: 10, threshold: 0 },
    /^permessage-deflate; server_max_window_bits=9; client_max_window_bits=10$/,
  ],
  ['none', false, /^$/],
])(
  'compression with %s',
  async (_, deflate, extensions) => {
    options = { deflate };
    const seen = await served.page.evaluate(conversation, [served.urlOf('ws'), SIZES] as [
      string,
      readonly number[],
    ]);
    expect(seen.extensions).toMatch(extensions);
    expect(accepted.extensions).toBe(seen.extensions);
    expect(seen.digests).toEqual(expectedDigests());
    expect(seen.code).toBe(3000);
  },
  PATIENCE,
);
