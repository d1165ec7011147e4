/** Messages in parts between a server and a real browser, which sends and receives whole ones. */
import WebSocket from '@ws/websocket';
import { conversation, expectedDigests, SIZES } from './browser-conversation';
import { browserTest, PATIENCE, servePage } from './browser-page';

let deflate: boolean;
/** What became of the latest connection. */
let echoing: Promise<void>;

/** Sends every message back while it arrives. */
async function echo(ws: WebSocket): Promise<void> {
  for await (const message of ws.messages()) {
    await ws.sendStream(message, { text: message.type === 'text' });
  }
}

const served = servePage((request, socket, head) => {
  echoing = echo(new WebSocket(request, socket, head, [], { deflate }));
});

browserTest.each([
  ['as they are', false],
  ['compressed', true],
])(
  'what the server sends back while it arrives is the same in the browser: %s',
  async (_, compressed) => {
    deflate = compressed;
    const seen = await served.page.evaluate(conversation, [served.urlOf('ws'), SIZES] as [
      string,
      readonly number[],
    ]);
    expect(seen.extensions.includes('permessage-deflate')).toBe(compressed);
    expect(seen.digests).toEqual(expectedDigests());
    expect(seen.code).toBe(3000);
    await echoing;
  },
  PATIENCE,
);
