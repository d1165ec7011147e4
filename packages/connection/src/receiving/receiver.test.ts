/** A flood is read in slices: everything arrives, and everybody else has a turn meanwhile. */
import { encodeFrame, OPCODE } from '@ws/frame-parser';
import type { OutgoingFrame } from '@ws/frame-parser';
import { settled } from '../../test/duplex-pair';
import { Joined, record } from '../../test/memory-opening';
import { SERVER } from '../protocol/role';

const FRAMES = 500_000;
/** Two bytes each. */
const EMPTY: OutgoingFrame = { opcode: OPCODE.TEXT, payload: '' };

function flood(frame: OutgoingFrame, count: number): Buffer {
  const one = encodeFrame(SERVER, frame);
  return Buffer.alloc(one.byteLength * count, one);
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** How much `count()` grew from one turn of the event loop to the next, until it is `total`. */
async function steps(count: () => number, total: number): Promise<number[]> {
  const grown: number[] = [];
  for (let before = count(); before < total; before = count()) {
    await turn();
    grown.push(count() - before);
  }
  return grown;
}

test('500,000 frames of two bytes in one chunk: the event loop turns meanwhile', async () => {
  const { client, serverSide } = new Joined().open();
  let messages = 0;
  client.onmessage = () => messages++;
  serverSide.write(flood(EMPTY, FRAMES));
  const grown = await steps(() => messages, FRAMES);
  expect(Math.max(...grown)).toBeLessThanOrEqual(1024);
  expect(messages).toBe(FRAMES);
  client.terminate();
});

test('control frames count as well', async () => {
  const { client, serverSide } = new Joined().open();
  let pings = 0;
  client.on('ping', () => pings++);
  serverSide.write(flood({ opcode: OPCODE.PING, payload: '' }, 5000));
  expect(Math.max(...(await steps(() => pings, 5000)))).toBeLessThanOrEqual(1024);
  client.terminate();
});

test('what comes a little at a time is never held up', async () => {
  const { client, clientSide, serverSide } = new Joined().open();
  const pause = jest.spyOn(clientSide, 'pause');
  let messages = 0;
  client.onmessage = () => messages++;
  for (let written = 500; written <= 5000; written += 500) {
    serverSide.write(flood(EMPTY, 500));
    while (messages < written) await turn();
    await turn();
  }
  expect(pause).not.toHaveBeenCalled();
  client.terminate();
});

describe('what comes behind a flood waits for it:', () => {
  const CLOSE: OutgoingFrame = { opcode: OPCODE.CLOSE, payload: Uint8Array.of(3, 232) };

  test.each([
    ['a closing frame', [CLOSE], 1000],
    ['the end of the stream', [], 1006],
  ])('%s', async (_, behind, code) => {
    const { client, serverSide } = new Joined().open();
    const events = record(client);
    const tail = behind.map((frame) => encodeFrame(SERVER, frame));
    serverSide.write(Buffer.concat([flood(EMPTY, 5000), ...tail]));
    serverSide.end();
    while (events.at(-1)?.[0] !== 'close') await turn();
    expect(events).toHaveLength(5001);
    expect(events.at(-1)?.[1]).toBe(code);
  });

  test('the loss of the stream', async () => {
    const { client, clientSide, serverSide } = new Joined().open();
    const events = record(client);
    serverSide.write(flood(EMPTY, 5000));
    await new Promise((resolve) => client.once('message', resolve));
    clientSide.destroy(new Error('reset'));
    while (events.at(-1)?.[0] !== 'close') await turn();
    expect(events).toHaveLength(5002);
  });
});

test.each(['pause', 'close', 'terminate'] as const)('%s() takes effect at once', async (method) => {
  const { client, serverSide } = new Joined().open();
  let messages = 0;
  client.onmessage = () => {
    if (++messages === 1500) client[method]();
  };
  serverSide.write(flood(EMPTY, 5000));
  await settled();
  expect(messages).toBe(1500);
  client.terminate();
});

test('a pause between slices holds until resume(), and nothing is lost', async () => {
  const { client, serverSide } = new Joined().open();
  let messages = 0;
  client.onmessage = () => messages++;
  serverSide.write(flood(EMPTY, 3000));
  await new Promise((resolve) => client.once('message', resolve));
  client.pause();
  const before = messages;
  await settled();
  expect(messages).toBe(before);
  client.resume();
  await steps(() => messages, 3000);
  expect(messages).toBe(3000);
  client.terminate();
});
