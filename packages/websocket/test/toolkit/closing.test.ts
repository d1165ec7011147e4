/** How a WebSocketServer is closed. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { WebSocketServer } from '@ws/server';
import { endingOf, nextEvent } from '../support/observed';
import { RawClient } from '../support/raw-client';
import { releaseLater } from '../support/release';
import { head, HYBI_13 } from '../support/requests';
import { dial, serve, statusOf } from '../support/toolkit';

describe('close()', () => {
  test('closes every connection with the code, and refuses what comes meanwhile', async () => {
    const { chat, server, url } = await serve();
    const clients = [dial(url), dial(url)];
    await Promise.all(clients.map((client) => nextEvent(client, 'open')));
    const endings = clients.map(endingOf);
    const closing = chat.close({ code: 1012, reason: 'restart' });
    expect(chat.close()).toBe(closing);
    expect(await statusOf(url)).toBe(503);
    expect(await Promise.all(endings)).toEqual([
      { code: 1012, reason: 'restart', wasClean: true },
      { code: 1012, reason: 'restart', wasClean: true },
    ]);
    expect(await closing).toEqual({ closed: 2, terminated: 0 });
    expect(server.listenerCount('upgrade')).toBe(0);
    expect(server.listening).toBe(true);
  });

  test('terminates what does not answer', async () => {
    const { chat, port } = await serve();
    await RawClient.open(port);
    expect(await chat.close({ timeout: 1 })).toEqual({ closed: 0, terminated: 1 });
  });

  test('answers those that wait for the hook', async () => {
    let asked = (): void => undefined;
    const wait = new Promise<void>((resolve) => (asked = resolve));
    const upgrade = (): Promise<void> => {
      asked();
      return new Promise(() => undefined);
    };
    const { chat, port } = await serve({ upgrade });
    const client = await RawClient.connect(port, head());
    await wait;
    await chat.close();
    expect(await client.readRest()).toMatch(/^HTTP\/1\.1 503 /);
  });

  test('has an end with no connection', async () => {
    const { chat } = await serve();
    expect(await chat.close({ over: 1000 })).toEqual({ closed: 0, terminated: 0 });
  });

  test.each([0, 1, 2, 3, 4, 5, 6])(
    'leaves nobody, when it is called %d microtasks after the hook has accepted',
    async (microtasks) => {
      const closings: Promise<unknown>[] = [];
      const closeAfter = (count: number): void => {
        if (count === 0) closings.push(chat.close());
        else queueMicrotask(() => closeAfter(count - 1));
      };
      const { chat, url } = await serve({ upgrade: () => closeAfter(microtasks) });
      const client = dial(url);
      const { code } = await endingOf(client);
      await closings[0];
      expect([client.statusCode, code]).toEqual(code === 1001 ? [101, 1001] : [503, 1006]);
      expect(chat.clients.size).toBe(0);
    },
  );

  test('a code that may not be sent is a mistake, and changes nothing', async () => {
    const { chat, url } = await serve();
    expect(() => chat.close({ code: 1006 })).toThrow('close code 1006: a server may pass');
    const client = dial(url);
    await nextEvent(client, 'open');
    const ending = endingOf(client);
    expect(await chat.close({ code: 3000, reason: 'later' })).toEqual({ closed: 1, terminated: 0 });
    expect(await ending).toMatchObject({ code: 3000, reason: 'later' });
  });

  test('is what await using does', async () => {
    const { chat, url } = await serve();
    const client = dial(url);
    await nextEvent(client, 'open');
    const ending = endingOf(client);
    {
      await using server = chat;
      expect(server.clients.size).toBe(1);
    }
    expect(await ending).toMatchObject({ code: 1001 });
  });
});

describe('close() with a port', () => {
  test.each([
    ['nothing', ''],
    ['half a request', 'GET / HTTP/1.1\r\nHost: '],
    ['an upgrade that no path matches', head(HYBI_13, 'GET /other HTTP/1.1')],
    ['an upgrade that is refused', head(HYBI_13, 'POST /chat HTTP/1.1')],
  ])('ends a connection that has sent %s, and keeps its side open', async (_, bytes) => {
    const chat = new WebSocketServer({ port: 0, host: '127.0.0.1', path: '/chat' });
    await once(chat, 'listening');
    const port = chat.address()!.port;
    const client = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    releaseLater(() => client.destroy());
    client.on('error', () => undefined);
    await once(client, 'connect');
    client.write(bytes);
    client.resume();
    if (bytes.endsWith('\r\n\r\n')) await once(client, 'end');
    const closed = once(chat, 'close');
    expect(await chat.close()).toEqual({ closed: 0, terminated: 0 });
    await closed;
    expect(chat.address()).toBeNull();
    await expect(once(connect(port, '127.0.0.1'), 'connect')).rejects.toThrow('ECONNREFUSED');
  });

  test('before it listens', async () => {
    const chat = new WebSocketServer({ port: 0, host: 'localhost' });
    chat.on('listening', () => expect('listening').toBe('not listening'));
    expect(await chat.close()).toEqual({ closed: 0, terminated: 0 });
    expect(chat.address()).toBeNull();
  });
});
