/** Memory that is taken away, or changes its size, while what was sent in it waits its turn. */
import { extended } from '../../test/controlled-extension';
import { settled } from '../../test/duplex-pair';
import { uncaughtFrom } from '../../test/listening';
import { Joined, record } from '../../test/memory-opening';
import type { WebSocket } from '../api/websocket';

/** Such that are copied, and such that go by reference. */
const LENGTHS = [1, 100_000];
const HELD = '~'.charCodeAt(0);
const MOST = 200_000;

/** What makes the payload another one than was sent. */
const CHANGES = {
  transferred: (bytes: Uint8Array<ArrayBuffer>) => {
    structuredClone(bytes, { transfer: [bytes.buffer] });
  },
  grown: ({ buffer }: Uint8Array<ArrayBuffer>) => resize(buffer, buffer.byteLength + 1),
  shrunk: ({ buffer }: Uint8Array<ArrayBuffer>) => resize(buffer, buffer.byteLength - 1),
};

/** Why it waits, and what ends that. */
const WAITS: Record<string, () => [sender: WebSocket, receiver: WebSocket, release: () => void]> = {
  'for the connection to open': () => {
    const joined = new Joined();
    return [joined.client, joined.server, () => void joined.open()];
  },
  'behind a Blob': () => {
    const { client, server } = new Joined().open();
    client.send(new Blob(['blob']));
    return [client, server, () => {}];
  },
  'behind what an extension works on': () => {
    const { ws, peer, session } = extended('client');
    ws.send('~held');
    return [ws, peer, () => session.current.release()];
  },
  'for an extension': () => {
    const { ws, peer, session } = extended('client');
    return [ws, peer, () => session.current.release()];
  },
};

const cases = Object.keys(WAITS).flatMap((wait) =>
  LENGTHS.flatMap((length) =>
    (Object.keys(CHANGES) as (keyof typeof CHANGES)[]).map((change) => ({ wait, length, change })),
  ),
);

test.each(cases)('$length bytes, $change, wait $wait', async ({ wait, length, change }) => {
  const [sender, receiver, release] = WAITS[wait]();
  const [events, received] = [record(sender), record(receiver)];
  const bytes = resizable(length);
  const codes: unknown[] = [];
  for (const data of [bytes, 'behind']) {
    sender.send(data, (error) => codes.push((error as { code?: string } | null)?.code));
  }
  const sent = sender.bufferedAmount;
  CHANGES[change](bytes);
  const uncaught = await uncaughtFrom(async () => {
    release();
    await settled();
    await settled();
  });
  expect(uncaught).toEqual([]);
  expect(events.filter(([type]) => type !== 'open')).toEqual([
    ['error', 'WS_ERR_PAYLOAD_CHANGED'],
    ['close', 1011, '', true],
  ]);
  expect(codes).toEqual(['WS_ERR_PAYLOAD_CHANGED', 'WS_ERR_PAYLOAD_CHANGED']);
  expect(received.filter(([, data]) => data === 'behind')).toEqual([]);
  expect(received.at(-1)).toEqual(['close', 1011, '', true]);
  expect(sent).toBeGreaterThan(length);
});

/** Its view is as long as its memory. */
function resizable(length: number): Uint8Array<ArrayBuffer> {
  const options = { maxByteLength: MOST };
  const buffer = Reflect.construct(ArrayBuffer, [length, options]) as ArrayBuffer;
  return new Uint8Array(buffer).fill(HELD);
}

function resize(buffer: ArrayBuffer, byteLength: number): void {
  (buffer as ArrayBuffer & { resize(byteLength: number): void }).resize(byteLength);
}
