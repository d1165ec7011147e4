/** What goes wrong with one connection at the end of a tick is no other's concern. */
import { settled, Side } from '../../test/duplex-pair';
import { uncaughtFrom } from '../../test/listening';
import { Joined, record } from '../../test/memory-opening';

const LENGTH = 20_000;
/** A view of all of a buffer that can change its size: it changes with it. */
interface Resizable {
  readonly bytes: Uint8Array;
  readonly resize: (length: number) => void;
}

function resizable(): Resizable {
  const buffer = new (
    ArrayBuffer as unknown as new (
      length: number,
      options: { maxByteLength: number },
    ) => ArrayBuffer & { resize(length: number): void }
  )(LENGTH, { maxByteLength: 2 * LENGTH });
  return { bytes: new Uint8Array(buffer), resize: (length) => buffer.resize(length) };
}

const CHANGES: [string, (resizable: Resizable) => void][] = [
  ['transferred', ({ bytes }) => void structuredClone(bytes, { transfer: [bytes.buffer] })],
  ['grown', ({ resize }) => resize(LENGTH + 1)],
  ['shrunk', ({ resize }) => resize(LENGTH - 1)],
  ['shrunk to nothing', ({ resize }) => resize(0)],
];

describe.each(CHANGES)('a payload whose memory is %s before it leaves', (_, change) => {
  test.each([
    [
      'before',
      (innocent: Joined, send: () => void) => {
        innocent.server.send('innocent');
        send();
      },
    ],
    [
      'after',
      (innocent: Joined, send: () => void) => {
        send();
        innocent.server.send('innocent');
      },
    ],
  ])('fails that connection; another’s message %s it leaves', async (_order, both) => {
    const [pair, innocent] = [new Joined().open(), new Joined().open()];
    const [events, peerEvents] = [record(pair.server), record(pair.client)];
    const heard = record(innocent.client);
    const memory = resizable();
    const told: unknown[] = [];
    const uncaught = await uncaughtFrom(async () => {
      both(innocent, () => {
        pair.server.send('first');
        pair.server.send(memory.bytes, (error) => told.push((error as { code?: string }).code));
        pair.server.send('behind');
      });
      change(memory);
      await settled();
      innocent.server.send('again');
      await settled();
    });
    expect(uncaught).toEqual([]);
    expect(heard).toEqual([
      ['message', 'innocent'],
      ['message', 'again'],
    ]);
    expect(events).toEqual([
      ['error', 'WS_ERR_PAYLOAD_CHANGED'],
      ['close', 1011, '', true],
    ]);
    expect(peerEvents).toEqual([
      ['message', 'first'],
      ['close', 1011, '', true],
    ]);
    expect(told).toEqual(['WS_ERR_PAYLOAD_CHANGED']);
  });

  test('fails it though it has waited for the network', async () => {
    const pair = new Joined().open();
    const causes: unknown[] = [];
    pair.server.on('close', ({ code, cause }) => {
      causes.push(code, (cause as { code?: string } | null)?.code);
    });
    const heard = record(pair.client);
    pair.serverSide.stall();
    pair.server.send('first');
    await settled();
    const memory = resizable();
    pair.server.send('second');
    pair.server.send(memory.bytes);
    await settled();
    change(memory);
    pair.serverSide.unstall();
    await settled();
    expect(causes).toEqual([1011, 'WS_ERR_PAYLOAD_CHANGED']);
    expect(heard.map(([, data]) => data)).toEqual(['first', 'second', 1011]);
  });
});

/** Ways for a stream to fail while it is written to. */
const FAILING: [string, (side: Side) => void][] = [
  ['write() throws', (side) => void jest.spyOn(side, 'write').mockImplementation(broken)],
  ['cork() throws', (side) => void jest.spyOn(side, 'cork').mockImplementation(broken)],
  ['_writev() throws', (side) => void jest.spyOn(side, '_writev').mockImplementation(broken)],
];

function broken(): never {
  throw new Error('this stream is broken');
}

test.each(FAILING)(
  'a connection whose stream’s %s ends: what it was given is lost',
  async (_, breakStream) => {
    const { server, serverSide } = new Joined().open();
    const events = record(server);
    breakStream(serverSide);
    const told: unknown[] = [];
    const uncaught = await uncaughtFrom(async () => {
      for (const data of ['text', new Uint8Array(LENGTH)]) {
        server.send(data, (error) => told.push((error as { code?: string } | null)?.code));
      }
      await settled();
      jest.restoreAllMocks();
      server.send('behind', (error) => told.push((error as { code?: string } | null)?.code));
      await settled();
    });
    expect(uncaught).toEqual([]);
    expect(events).toEqual([
      ['error', 'WS_ERR_NOT_SENT'],
      ['close', 1006, '', false],
    ]);
    expect(told).toEqual(['WS_ERR_NOT_SENT', 'WS_ERR_NOT_SENT', 'WS_ERR_NOT_SENT']);
  },
);

test.each(FAILING)('a stream whose %s harms no other connection', async (_, breakStream) => {
  const all = Array.from({ length: 5 }, () => new Joined().open());
  const heard = all.map(({ client }) => record(client));
  breakStream(all[2].serverSide);
  await uncaughtFrom(async () => {
    for (const round of ['one', 'two']) {
      for (const { server } of all) {
        server.send(round);
        server.send(new Uint8Array(LENGTH));
      }
      await settled();
    }
  });
  const lengths = heard.map((events) => events.length);
  lengths.splice(2, 1);
  expect(lengths).toEqual([4, 4, 4, 4]);
  for (const { server, client } of all) {
    server.terminate();
    client.terminate();
  }
});
