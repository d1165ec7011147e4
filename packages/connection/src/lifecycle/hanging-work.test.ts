/** What the application sends never gets ready: closing takes closeTimeout all the same. */
import { OPCODE } from '@ws/frame-parser';
import { extended } from '../../test/controlled-extension';
import { fakeDeadlines, pass } from '../../test/deadline-clock';
import { settled } from '../../test/duplex-pair';
import { ABNORMAL, ENDS, Joined, record, writeRaw } from '../../test/memory-opening';
import type { WebSocket } from '../api/websocket';

const TIMEOUT = 1000;
const GIVEN_UP = [['error', 'WS_ERR_CLOSE_TIMEOUT'], ABNORMAL];

beforeEach(fakeDeadlines);
afterEach(() => {
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

/** Says that it has bytes, and never gives them. */
function hangingBlob(): Blob {
  const blob = new Blob(['never']);
  blob.arrayBuffer = () => new Promise(() => undefined);
  return blob;
}

type End = (typeof ENDS)[number];
interface Scene {
  readonly joined: Joined;
  readonly ws: WebSocket;
  readonly peer: WebSocket;
  readonly peerName: End;
  readonly events: unknown[][];
}

/** Each sends something that will never be ready. */
const HANGS: readonly [string, (end: End) => Scene][] = [
  [
    'a Blob',
    (end) => {
      const joined = new Joined('hybi-13', { closeTimeout: TIMEOUT }).open();
      const peerName = end === 'client' ? 'server' : 'client';
      const { [end]: ws, [peerName]: peer } = joined;
      ws.send(hangingBlob());
      return { joined, ws, peer, peerName, events: record(ws) };
    },
  ],
  [
    'an extension',
    (end) => {
      const scene = extended(end, { closeTimeout: TIMEOUT });
      scene.ws.send('~');
      scene.events.length = 0;
      return scene;
    },
  ],
];

describe.each(ENDS)('on a %s', (end) => {
  describe.each(HANGS)('%s that hangs', (_, hang) => {
    test('keeps close() no longer', async () => {
      const { ws, events } = hang(end);
      ws.close(1000);
      await pass(TIMEOUT - 200);
      expect(events).toEqual([]);
      await pass(400);
      expect(events).toEqual(GIVEN_UP);
    });

    test('nor the answer to the closing frame of the peer', async () => {
      const { peer, events } = hang(end);
      peer.close(1000);
      await pass(TIMEOUT + 200);
      expect(events[0]).toEqual(['error', 'WS_ERR_CLOSE_TIMEOUT']);
    });

    test.each<[string, (scene: Scene) => void]>([
      ['messages', ({ peer }) => void peer.send('chat')],
      ['pings', ({ peer }) => void peer.ping('ping')],
      [
        'pongs',
        ({ joined, peerName: from }) =>
          writeRaw(joined, from, { opcode: OPCODE.PONG, payload: '' }),
      ],
      [
        'bytes of a message',
        ({ joined, peerName }) => void joined[`${peerName}Side`].write(Buffer.of(0)),
      ],
    ])('whatever %s the peer sends meanwhile', async (kind, chat) => {
      const scene = hang(end);
      scene.ws.close(1000);
      if (kind === 'bytes of a message') startMessage(scene);
      for (let time = 0; time < TIMEOUT + 200; time += 100) {
        chat(scene);
        await pass(100);
      }
      await settled();
      expect(scene.events).toEqual(GIVEN_UP);
    });
  });
});

describe('a message in parts', () => {
  /** Closes behind a message whose source is slow. */
  async function closing(gives: number): Promise<unknown[][]> {
    const joined = new Joined('hybi-13', { closeTimeout: TIMEOUT }).open();
    const events = record(joined.client);
    let next: (() => void) | null = null;
    async function* source(): AsyncGenerator<string> {
      for (;;) {
        await new Promise<void>((resolve) => (next = resolve));
        yield 'part';
      }
    }
    joined.client.sendStream(source(), { text: true }).catch(() => undefined);
    joined.client.close(1000);
    for (let given = 0; given < gives; given++) {
      next!();
      await pass(TIMEOUT - 300);
      expect(events).toEqual([]);
    }
    await pass(2 * TIMEOUT + 200);
    joined.server.terminate();
    await settled();
    return events;
  }

  test.each([0, 1, 6])('is waited for while it moves, %d times', async (gives) => {
    expect(await closing(gives)).toEqual(GIVEN_UP);
  });
});

/** The head of a message of 60,000 bytes. */
function startMessage({ joined, peerName }: Scene): void {
  const mask = peerName === 'client' ? [0, 0, 0, 0] : [];
  joined[`${peerName}Side`].write(
    Buffer.of(0x82, (mask.length > 0 ? 0x80 : 0) | 126, 0xea, 0x60, ...mask),
  );
}
