/** A page of a real browser gets what is published, broadcast and sent, in order; and the counters are right. */
import { WebSocketServer } from '@ws/websocket';
import type { DeflateOptions, ServerSocket } from '@ws/websocket';
import { expectHeard, takeNotes } from '../../websocket/test/support/audience';
import { connectionOf } from '../../websocket/test/support/toolkit';
import { browserTest, PATIENCE, servePage } from './browser-page';

/** That of the test that runs. */
let chat: WebSocketServer;

const served = servePage((...upgrade) => void chat.handle(...upgrade));

const CONNECTIONS = 3;

afterEach(() => chat.close());

browserTest.each<[string, boolean | DeflateOptions]>([
  ['none', false],
  ['by default', true],
  [
    'of all, with context takeover',
    { threshold: 0, serverNoContextTakeover: false, clientNoContextTakeover: false },
  ],
])(
  'compression: %s',
  async (_, deflate) => {
    chat = new WebSocketServer({ deflate, upgrade: () => ({ topics: ['room'] }) });
    const members: ServerSocket[] = [];
    for (let count = 0; count < CONNECTIONS; count++) {
      const connection = connectionOf(chat);
      await served.page.evaluate(takeNotes, served.urlOf('ws'));
      members.push(await connection);
    }
    for (const { extensions } of members) expect(extensions !== '').toBe(deflate !== false);
    await expectHeard(chat, members);
  },
  PATIENCE,
);
