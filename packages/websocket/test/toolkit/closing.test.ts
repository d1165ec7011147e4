/** How a WebSocketServer is closed. */
import { endingOf, nextEvent } from '../support/observed';
import { RawClient } from '../support/raw-client';
import { head } from '../support/requests';
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

  test.each([
    [{ over: 2, timeout: 1 }, 'option over: 2 ms are more than the 1 ms of option timeout'],
    [{ codes: 1 }, 'option codes is not known; did you mean code?'],
    [{ reason: 1 }, 'option reason: 1 is not a string'],
  ])('%j is refused', async (options, message) => {
    const { chat } = await serve();
    expect(() => chat.close(options as object)).toThrow(message);
  });
});
