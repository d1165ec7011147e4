/** Many clients that wait for the `upgrade` hook of a WebSocketServer, and hooks that answer never, or more than once. */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { refuse } from '@ws/server';
import type { UpgradeContext } from '@ws/server';
import { nextEvent } from '../support/observed';
import { RawClient } from '../support/raw-client';
import { head } from '../support/requests';
import { connectionOf, dial, serve, statusOf } from '../support/toolkit';

const CROWD = 1000;

/** Whatever error comes first. */
const closed = async (socket: Socket): Promise<void> => {
  if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve));
};

/** A server whose hook never settles, and its crowd: all of them wait for it. */
async function crowd() {
  const contexts: UpgradeContext[] = [];
  const { chat, url, port } = await serve({
    maxConnections: CROWD + 1,
    maxPending: CROWD,
    upgrade: (context: UpgradeContext) =>
      new Promise<void>(() => {
        contexts.push(context);
      }),
  });
  const clients: RawClient[] = [];
  // In parts: the system keeps 511 that are not accepted yet.
  while (clients.length < CROWD) {
    const part = Array.from({ length: 100 }, () => RawClient.connect(port, head()));
    clients.push(...(await Promise.all(part)));
  }
  while (contexts.length < CROWD) await new Promise(setImmediate);
  const sockets = contexts.map(({ request }) => request.socket);
  return { chat, url, clients, contexts, sockets, signals: contexts.map(({ signal }) => signal) };
}

test('a thousand clients hang in the hook: one more is told when to come back, and close() answers them all', async () => {
  const { chat, url, clients, sockets, signals } = await crowd();
  const extra = dial(url);
  await nextEvent(extra, 'close');
  expect(extra.statusCode).toBe(503);
  expect(extra.headers).toMatchObject({ 'retry-after': '5' });
  const reasons: string[] = [];
  chat.on('refused', ({ reason }) => reasons.push(reason));
  expect(await chat.close()).toEqual({ closed: 0, terminated: 0 });
  const answers = await Promise.all(clients.map((client) => client.readRest()));
  expect(new Set(answers.map((answer) => answer.slice(0, 12)))).toEqual(new Set(['HTTP/1.1 503']));
  expect(reasons).toEqual(Array.from({ length: CROWD }, () => 'closing'));
  expect(signals.every(({ aborted }) => aborted)).toBe(true);
  await Promise.all(sockets.map(closed));
});

test('a thousand clients leave while the hook decides: nothing of them is left, and others come in their place', async () => {
  const { chat, url, clients, contexts, sockets, signals } = await crowd();
  const refused: string[] = [];
  chat.on('refused', ({ reason }) => refused.push(reason));
  for (const [index, client] of clients.entries()) {
    if (index % 2 === 0) client.reset();
    else client.socket.end();
  }
  await Promise.all(sockets.map(closed));
  expect(signals.every(({ aborted }) => aborted)).toBe(true);
  expect(refused).toEqual([]);
  dial(url);
  dial(url);
  while (contexts.length < CROWD + 2) await new Promise(setImmediate);
});

describe('a hook that settles twice', () => {
  test.each<[string, (resolve: (result: object) => void, reject: (error: Error) => void) => void]>([
    [
      'accepts, and accepts again',
      (resolve) => {
        resolve({ data: 'first' });
        resolve({ data: 'second' });
      },
    ],
    [
      'accepts, and then fails',
      (resolve, reject) => {
        resolve({ data: 'first' });
        reject(new Error('second'));
      },
    ],
  ])('%s: the first counts', async (_, settle) => {
    const thenable = {
      then: (resolve: (result: object) => void, reject: (error: Error) => void) =>
        settle(resolve, reject),
    };
    const { chat, url } = await serve<unknown>({ upgrade: () => thenable as PromiseLike<object> });
    chat.on('error', (error) => expect(error).toBe('none'));
    const connection = connectionOf(chat);
    await nextEvent(dial(url), 'open');
    expect((await connection).data).toBe('first');
    expect(chat.clients.size).toBe(1);
  });

  test('refuses what it has accepted: the client keeps its connection', async () => {
    const { chat, url } = await serve({
      upgrade: () =>
        ({
          then: (resolve: (result: object) => void) => {
            resolve({});
            resolve(refuse(401));
          },
        }) as unknown as PromiseLike<undefined>,
    });
    chat.on('refused', () => expect('refused').toBe('accepted'));
    await nextEvent(dial(url), 'open');
  });
});

test('what a hook throws when nobody waits any more is dropped', async () => {
  const fail: (() => void)[] = [];
  const { chat, url } = await serve({
    upgradeTimeout: 1,
    upgrade: () =>
      new Promise<void>((_, reject) => {
        fail.push(() => reject(new Error('late')));
      }),
  });
  chat.on('error', (error) => expect(error).toBe('none'));
  expect(await statusOf(url)).toBe(503);
  for (const each of fail) each();
  await new Promise(setImmediate);
});

test.each<[string, unknown]>([
  ['undefined', undefined],
  ['a symbol', Symbol('secret')],
  ['an object without a prototype', Object.create(null)],
])('%s that is thrown is answered with 500, and is an error', async (_, thrown) => {
  const { chat, url } = await serve({
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whatever applications throw
    upgrade: () => Promise.reject(thrown),
  });
  const failed = once(chat, 'error');
  expect(await statusOf(url)).toBe(500);
  expect(await failed).toEqual([expect.any(Error)]);
});
