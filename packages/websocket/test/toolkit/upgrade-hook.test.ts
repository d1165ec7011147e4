/** The `upgrade` hook of a WebSocketServer: what it learns, what it decides, and what happens meanwhile. */
import { once } from 'node:events';
import { runInNewContext } from 'node:vm';
import { refuse } from '@ws/server';
import type { Acceptance, WebSocketServerOptions } from '@ws/server';
import { expectTypeOf } from 'expect-type';
import { codeOf, endingOf, messageOf, nextEvent } from '../support/observed';
import { RawClient } from '../support/raw-client';
import { releaseLater } from '../support/release';
import { head, HYBI_13 } from '../support/requests';
import { connectionOf, dial, serve, statusOf } from '../support/toolkit';

test('what the hook returns is the data of the connection', async () => {
  const { chat, url } = await serve({
    path: '/chat/:room',
    upgrade: async ({ params }) => {
      expectTypeOf(params).toEqualTypeOf<{ readonly room: string }>();
      return Promise.resolve({ data: { room: params.room } });
    },
  });
  const client = dial(`${url}/chat/blue`);
  const ws = await connectionOf(chat);
  expectTypeOf(ws.data).toEqualTypeOf<{ room: string }>();
  expect(ws.data).toEqual({ room: 'blue' });
  ws.send('hello');
  expect(await messageOf(client)).toBe('hello');
});

test('what is sent before the hook has decided is not lost', async () => {
  let decide = (): void => undefined;
  const decided = new Promise<void>((resolve) => (decide = resolve));
  const { chat, port } = await serve({ upgrade: () => decided });
  const client = await RawClient.connect(port, head());
  await client.writeNow(Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0x68, 0x69]));
  decide();
  expect(await messageOf(await connectionOf(chat))).toBe('hi');
});

describe('a hook refuses', () => {
  test.each<[string, () => never | ReturnType<typeof refuse>]>([
    ['by what it returns', () => refuse(401, 'Log in first.')],
    [
      'by what it throws',
      () => {
        throw refuse(401, 'Log in first.');
      },
    ],
  ])('%s', async (_, upgrade) => {
    const { chat, port } = await serve({ upgrade });
    const refused = once(chat, 'refused');
    const client = await RawClient.connect(port, head());
    expect(await client.readRest()).toMatch(/^HTTP\/1\.1 401 [^]*Log in first\.$/);
    expect(await refused).toMatchObject([{ status: 401, reason: 'hook' }]);
  });

  test.each([false, null, 0, ''])(
    'but not by %j, which is a mistake, and accepts nobody',
    async (result) => {
      const { chat, port } = await serve({ upgrade: () => result as never });
      const failed = once(chat, 'error');
      const client = await RawClient.connect(port, head());
      expect(await client.readRest()).toMatch(/^HTTP\/1\.1 500 /);
      const message = expect.stringContaining('return refuse(status)') as string;
      expect(await failed).toMatchObject([{ message }]);
    },
  );

  test('by a close code, which scripts in browsers can read', async () => {
    const { chat, url } = await serve({
      upgrade: () => ({ closeWith: { code: 4001, reason: 'no' } }),
    });
    const connections: unknown[] = [];
    chat.on('connection', (ws) => connections.push(ws));
    const client = dial(url);
    await nextEvent(client, 'open');
    expect(await endingOf(client)).toMatchObject({ code: 4001, reason: 'no' });
    expect(connections).toEqual([]);
    expect(chat.clients.size).toBe(0);
  });
});

describe('a client is answered 500, and nothing of the error, when', () => {
  test.each<[string, WebSocketServerOptions<unknown, string>['upgrade']]>([
    ['the hook throws', () => Promise.reject(new Error('secret'))],
    ['the hook returns something else', () => 5 as unknown as undefined],
    ['the acceptance has an unknown member', () => ({ date: 1 }) as object],
    ['the subprotocol is not offered', () => ({ protocol: 'secret' })],
    ['a header cannot be sent', () => ({ headers: { 'X-A': 'secret\r\n' } })],
    ['an option is unknown', () => ({ options: { secret: 1 } as object })],
    ['the close code may not be sent', () => ({ closeWith: { code: 1006, reason: 'secret' } })],
  ])('%s', async (_, upgrade) => {
    const { chat, port } = await serve({ upgrade });
    const failed = once(chat, 'error');
    const client = await RawClient.connect(port, head());
    const answer = await client.readRest();
    expect(answer).toMatch(/^HTTP\/1\.1 500 /);
    expect(answer).not.toContain('secret');
    expect(await failed).toEqual([expect.any(Error)]);
  });
});

test('a hook that fails crashes nobody without a listener', async () => {
  const warn = jest.spyOn(process, 'emitWarning').mockImplementation();
  releaseLater(() => warn.mockRestore());
  const { url } = await serve({ upgrade: () => Promise.reject(new Error('no')) });
  expect(await statusOf(url)).toBe(500);
  expect(warn).toHaveBeenCalledWith(expect.stringContaining('Error: no'));
});

test('an error of another realm is told as it is', async () => {
  const thrown = runInNewContext('new Error("no")') as Error;
  const { chat, url } = await serve({ upgrade: () => Promise.reject(thrown) });
  const failed = once(chat, 'error');
  expect(await statusOf(url)).toBe(500);
  const [error] = (await failed) as [Error];
  expect(error).toBe(thrown);
});

test('a client that leaves with an error of another realm ends the waiting with it', async () => {
  const left = Object.assign(runInNewContext('new Error("left")') as Error, { code: 'ELEFT' });
  const asked = new Promise<AbortSignal>((resolve) => {
    const upgrade: WebSocketServerOptions<unknown, string>['upgrade'] = ({ request, signal }) =>
      new Promise<void>(() => {
        resolve(signal);
        request.socket.destroy(left);
      });
    void serve({ upgrade }).then(({ url }) => dial(url));
  });
  const signal = await asked;
  if (!signal.aborted) await once(signal, 'abort');
  expect(signal.reason).toBe(left);
});

test('a hook that takes too long is given up, and its late result has no effect', async () => {
  const hooks: [signal: AbortSignal, decide: () => void][] = [];
  const { chat, url } = await serve({
    upgradeTimeout: 1,
    upgrade: ({ signal }) => new Promise<void>((resolve) => hooks.push([signal, resolve])),
  });
  expect(await statusOf(url)).toBe(503);
  const [[signal, decide]] = hooks as [[AbortSignal, () => void]];
  expect(signal.aborted).toBe(true);
  chat.on('connection', () => expect('a connection').toBe('none'));
  decide();
  await new Promise(setImmediate);
});

test('a client that leaves ends the waiting', async () => {
  const asked = new Promise<AbortSignal>((resolve) => {
    void serve({ upgrade: ({ signal }) => new Promise<void>(() => resolve(signal)) }).then(
      async ({ port }) => (await RawClient.connect(port, head())).reset(),
    );
  });
  const signal = await asked;
  if (!signal.aborted) await once(signal, 'abort');
  expect(codeOf(signal.reason as Error)).toMatch(/ECONNRESET|WS_ERR_CLIENT_GONE/);
});

test.each<[string, Acceptance<undefined>, boolean]>([
  ['a client that leaves between the answer and the opening', {}, true],
  ['an acceptance that is of no use', { protocol: 'not offered' }, false],
])('%s ends what the hook has begun for it', async (_, answer, leaves) => {
  const warn = jest.spyOn(process, 'emitWarning').mockImplementation();
  releaseLater(() => warn.mockRestore());
  const asked = new Promise<AbortSignal>((resolve) => {
    void serve({
      upgrade({ request, signal }) {
        resolve(signal);
        if (leaves) request.socket.destroy();
        return answer;
      },
    }).then(({ url }) => dial(url));
  });
  const signal = await asked;
  if (!signal.aborted) await once(signal, 'abort');
  expect(codeOf(signal.reason as Error)).toMatch(/WS_ERR_CLIENT_GONE|WS_ERR_REFUSED/);
});

test('a refusal may have several headers of a name', async () => {
  const { port } = await serve({
    upgrade: () => refuse(403, 'No.', { 'Set-Cookie': ['a=1', 'b=2'] }),
  });
  const client = await RawClient.connect(port, head());
  expect(await client.readRest()).toMatch(/Set-Cookie: a=1\r\nSet-Cookie: b=2\r\n/);
});

test('one client too many that waits is answered at once', async () => {
  const { url, port } = await serve({
    maxPending: 1,
    upgrade: () => new Promise<void>(() => undefined),
  });
  const first = await RawClient.connect(port, head());
  await first.writeNow('x');
  expect(await statusOf(url)).toBe(503);
});

describe('headers and options of an acceptance', () => {
  test('come on top of the server', async () => {
    const { url } = await serve({
      headers: { 'X-Server': '1' },
      upgrade: () => ({ headers: { 'Set-Cookie': ['a=1', 'b=2'] } }),
    });
    const client = dial(url);
    await nextEvent(client, 'open');
    expect(client.headers).toMatchObject({ 'x-server': '1', 'set-cookie': ['a=1', 'b=2'] });
  });

  test('are for that connection', async () => {
    const { chat, url } = await serve({ upgrade: () => ({ options: { maxLength: 1 } }) });
    const client = dial(url);
    await connectionOf(chat);
    client.send('hello');
    expect(await endingOf(client)).toMatchObject({ code: 1009 });
  });

  test('the subprotocol is chosen by the hook, or the first of the client that is supported', async () => {
    const { url } = await serve({
      protocols: ['b', 'c'],
      upgrade: ({ request }) => (request.url === '/a' ? { protocol: 'a' } : {}),
    });
    const clients = ['/a', '/'].map((path) => dial(url + path, ['a', 'c', 'b']));
    await Promise.all(clients.map((client) => nextEvent(client, 'open')));
    expect(clients.map(({ protocol }) => protocol)).toEqual(['a', 'c']);
  });
});

test('a request that is no handshake is refused before the hook is asked', async () => {
  const { chat, port } = await serve({ upgrade: () => expect('asked').toBe('not asked') });
  const refused = once(chat, 'refused');
  const client = await RawClient.connect(port, head(HYBI_13, 'POST / HTTP/1.1'));
  expect(await client.readRest()).toMatch(/^HTTP\/1\.1 405 /);
  expect(await refused).toMatchObject([
    { status: 405, reason: 'handshake', context: { version: null } },
  ]);
});

test('options and headers of one name are those of the acceptance', async () => {
  const { url } = await serve({
    headers: { 'X-A': 'server', 'X-B': 'server' },
    maxLength: 5,
    upgrade: () => ({
      options: { pingInterval: 60_000, maxLength: null, headers: { 'x-b': 'option' } },
      headers: { 'x-a': 'acceptance' },
    }),
  });
  const client = dial(url);
  await nextEvent(client, 'open');
  expect(client.headers).toMatchObject({ 'x-a': 'acceptance', 'x-b': 'option' });
  client.send('longer');
  expect(await endingOf(client)).toMatchObject({ code: 1009 });
});
