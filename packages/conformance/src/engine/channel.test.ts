/** Waiting for an endpoint: how long depends on what it does, and not on how busy the machine is. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Channel } from './channel';
import { SignsOfLife } from './signs-of-life';

const SILENCE = 100;

let server: Server;
let near: Socket;
let far: Socket;
let life: SignsOfLife;
let channel: Channel;

beforeEach(async () => {
  server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const accepted = once(server, 'connection');
  near = connect((server.address() as AddressInfo).port, '127.0.0.1');
  [far] = (await accepted) as [Socket];
  await once(near, 'connect');
  far.on('error', () => undefined);
  life = new SignsOfLife();
  channel = new Channel(near, life);
});

afterEach(async () => {
  jest.useRealTimers();
  near.destroy();
  far.destroy();
  await new Promise((resolve) => server.close(resolve));
});

const never = (): boolean => false;

/** From now on time passes when it is told to. */
function stopTime(): void {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] });
  life = new SignsOfLife();
  channel = new Channel(near, life);
}

/** Long enough for what is due now to have happened. */
async function someTurns(): Promise<void> {
  for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve));
}

async function pass(ms: number): Promise<void> {
  jest.advanceTimersByTime(ms);
  await someTurns();
}

/** What a promise has resolved with, undefined before. */
function seen(promise: Promise<boolean>): { result: boolean | undefined } {
  const seen: { result: boolean | undefined } = { result: undefined };
  void promise.then((result) => (seen.result = result));
  return seen;
}

test('silence ends the wait', async () => {
  stopTime();
  const wait = seen(channel.until(never, SILENCE));
  await pass(SILENCE - 1);
  expect(wait.result).toBeUndefined();
  await pass(2);
  expect(wait.result).toBe(false);
});

test('what comes on another connection of the endpoint prolongs it', async () => {
  stopTime();
  let done = false;
  const wait = seen(channel.until(() => done, SILENCE));
  for (let i = 0; i < 20; i++) {
    await pass(SILENCE - 1);
    life.add();
  }
  expect(wait.result).toBeUndefined();
  done = true;
  channel.wake();
  await someTurns();
  expect(wait.result).toBe(true);
});

test('but not for ever', async () => {
  stopTime();
  const wait = seen(channel.until(never, SILENCE));
  for (let passed = 0; passed < 61_000; passed += SILENCE - 1) {
    life.add();
    await pass(SILENCE - 1);
  }
  expect(wait.result).toBe(false);
});

test('a pause takes its time, whatever the endpoint does', async () => {
  stopTime();
  const pause = seen(channel.within(never, SILENCE));
  await pass(SILENCE / 2);
  life.add();
  await pass(SILENCE / 2 + 1);
  expect(pause.result).toBe(false);
});

test.each(['until', 'within'] as const)(
  'what has come while this process was held up counts: %s',
  async (method) => {
    let octets = 0;
    channel.onOctets = ({ length }) => (octets += length);
    const wait = channel[method](() => octets > 0, 5);
    far.write('x');
    holdUp(20);
    expect(await wait).toBe(true);
  },
);

test('octets that come, octets that are taken and the end are signs of life', async () => {
  const added = jest.spyOn(life, 'add');
  far.write('x');
  await once(near, 'data');
  expect(added).toHaveBeenCalledTimes(1);
  far.resume();
  // More than the system takes for an endpoint that does not read.
  await channel.write(Buffer.alloc(32_000_000));
  expect(added.mock.calls.length).toBeGreaterThan(2);
  added.mockClear();
  far.end();
  await once(near, 'end');
  expect(added).toHaveBeenCalled();
});

test('a long write arrives whole', async () => {
  const sent = Buffer.alloc(300_001, 'long');
  const received: Buffer[] = [];
  far.on('data', (octets: Buffer) => received.push(octets));
  await channel.write(sent);
  channel.end();
  await once(far, 'end');
  expect(Buffer.concat(received).equals(sent)).toBe(true);
});

/** Keeps the process from doing anything. */
function holdUp(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}
