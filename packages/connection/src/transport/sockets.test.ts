/** What only real sockets show of a transport. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { Owner } from '../../test/transport-owner';
import type { Transport } from './transport';

let owner: Owner;
let transport: Transport;
let accepted: Socket;
let dialled: Socket;

beforeEach(async () => {
  const server = createServer({ allowHalfOpen: true });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const connection = once(server, 'connection');
  dialled = connect((server.address() as AddressInfo).port, '127.0.0.1');
  [accepted] = (await connection) as [Socket];
  server.close();
  owner = new Owner(accepted);
  ({ transport } = owner);
  owner.start();
});

afterEach(() => {
  dialled.destroy();
  accepted.destroy();
});

test('memory is used again only when its bytes are in the kernel', async () => {
  const received: Buffer[] = [];
  dialled.on('data', (chunk) => received.push(chunk));
  const sent: string[] = [];
  for (let round = 0; round < 200; round++) {
    const text = `${round};`.repeat(1 + ((round * 37) % 300));
    sent.push(text);
    owner.sendSmall(text);
    if (round % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  transport.end();
  await once(dialled, 'end');
  expect(Buffer.concat(received).toString()).toBe(sent.join(''));
});

/** Ways to have a socket pass on later what it is given. */
const WRAPPERS: [string, (socket: Socket) => void][] = [
  [
    'write',
    (socket) => {
      const write: (chunk: Uint8Array) => boolean = socket.write.bind(socket);
      socket.write = (chunk: Uint8Array | string) => {
        setImmediate(() => write(chunk as Uint8Array));
        return true;
      };
    },
  ],
  [
    '_write and _writev',
    (socket) => {
      const write = socket._write.bind(socket);
      socket._write = (chunk, encoding, done) => {
        setImmediate(() => write(chunk, encoding, () => undefined));
        done();
      };
      socket._writev = (chunks, done) => {
        const all = chunks.map(({ chunk }) => chunk as Buffer);
        setImmediate(() => all.forEach((chunk) => write(chunk, 'latin1', () => undefined)));
        done();
      };
    },
  ],
];

test.each(WRAPPERS)(
  'nor when somebody has wrapped %s, and passes bytes on later',
  async (_, wrap) => {
    wrap(accepted);
    const received: Buffer[] = [];
    dialled.on('data', (chunk) => received.push(chunk));
    const lines = Array.from({ length: 20 }, (_line, index) => `${index}`.repeat(5000));
    for (const line of lines) {
      owner.sendSmall(line);
      transport.flush();
    }
    const expected = lines.join('');
    while (Buffer.concat(received).byteLength < expected.length) await once(dialled, 'data');
    expect(Buffer.concat(received).toString()).toBe(expected);
  },
);

test('nor while bytes wait for a peer that does not read', async () => {
  dialled.pause();
  while (!transport.isCongested) {
    owner.send('x'.repeat(1024 * 1024));
    await new Promise((resolve) => setImmediate(resolve));
  }
  const lines = Array.from({ length: 10 }, (_, digit) => `${digit}`.repeat(20));
  for (const line of lines) {
    owner.sendSmall(line);
    await new Promise((resolve) => setImmediate(resolve));
  }
  transport.end();
  let tail = '';
  dialled.on('data', (chunk: Buffer) => (tail = (tail + chunk.toString()).slice(-200)));
  dialled.resume();
  await once(dialled, 'end');
  expect(tail).toBe(lines.join(''));
});

test('a peer that does not read causes congestion, one that reads on ends it', async () => {
  dialled.pause();
  while (!transport.isCongested) {
    owner.send('x'.repeat(1024 * 1024));
    await new Promise((resolve) => setImmediate(resolve));
  }
  const writable = new Promise<void>((resolve) => (owner.whenWritable = resolve));
  dialled.resume();
  await writable;
  expect(owner.told.at(-1)).toBe('<writable>');
  expect(transport.waitingBytes).toBe(0);
});

test('a reset is an error', async () => {
  dialled.resetAndDestroy();
  await new Promise((resolve) => accepted.on('close', resolve));
  expect(owner.told).toEqual(['<gone>']);
  expect(owner.errors).toEqual([expect.objectContaining({ code: 'ECONNRESET' })]);
});

describe('when the peer has ended', () => {
  test('and all has been written, the end takes no time, and nothing is lost', async () => {
    const received: Buffer[] = [];
    dialled.on('data', (chunk) => received.push(chunk));
    owner.sendSmall('the last word');
    transport.flush();
    dialled.end();
    await once(accepted, 'end');
    expect(transport.end()).toBe(false);
    expect(accepted.destroyed).toBe(true);
    await once(dialled, 'end');
    expect(Buffer.concat(received).toString()).toBe('the last word');
  });

  test('and something has not been written, that leaves first', async () => {
    const received: Buffer[] = [];
    dialled.on('data', (chunk) => received.push(chunk));
    dialled.end();
    await once(accepted, 'end');
    owner.sendSmall('the last word');
    expect(transport.end()).toBe(true);
    expect(accepted.destroyed).toBe(false);
    await once(dialled, 'end');
    expect(Buffer.concat(received).toString()).toBe('the last word');
  });

  test('and a callback waits for the kernel, that is told before the end', async () => {
    dialled.resume();
    dialled.end();
    await once(accepted, 'end');
    const outcome = new Promise((resolve) => transport.whenWritten(resolve));
    owner.sendSmall('the last word');
    transport.flush();
    expect(transport.end()).toBe(true);
    expect(await outcome).toBeNull();
  });
});
