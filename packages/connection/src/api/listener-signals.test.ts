/** Listeners under a signal that outlives them: nothing is left on it, and nothing is kept by it. */
import { getEventListeners } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { settled } from '../../test/duplex-pair';
import { listening } from '../../test/listening';
import { Joined } from '../../test/memory-opening';
import { waitingActions } from '../support/abort-listeners';

const { signal } = new AbortController();

const left = (): number[] => [getEventListeners(signal, 'abort').length, waitingActions(signal)];

afterEach(() => expect(left()).toEqual([0, 0]));

const nothing = (): void => undefined;

test('a hundred listeners of fifty WebSockets are one of the signal', async () => {
  const warned = jest.fn();
  process.on('warning', warned);
  const targets = Array.from({ length: 50 }, () => listening().target);
  for (const target of targets) {
    target.addEventListener('open', nothing, { signal });
    target.addEventListener('message', nothing, { signal });
    target.addEventListener('message', nothing, { signal });
  }
  expect(left()).toEqual([1, 100]);
  for (const target of targets) target.removeAllListeners();
  await settled();
  expect(warned).not.toHaveBeenCalled();
  process.off('warning', warned);
});

describe('the signal is let go of when the listener', () => {
  test('is removed', () => {
    const { target } = listening();
    target.addEventListener('open', nothing, { signal, capture: true });
    target.removeEventListener('open', nothing);
    expect(left()).toEqual([1, 1]);
    target.removeEventListener('open', nothing, true);
  });

  test('is removed with all of its type', () => {
    const { target } = listening();
    target.addEventListener('open', nothing, { signal });
    target.removeAllListeners('open');
  });

  test('was to be called once, and was', () => {
    const on = listening();
    const { target } = on;
    target.addEventListener('open', nothing, { signal, once: true });
    expect(left()).toEqual([1, 1]);
    on.fire('open');
  });

  test('is one of a WebSocket that has closed', async () => {
    const { client, server } = new Joined().open();
    client.addEventListener('message', nothing, { signal });
    client.addEventListener('close', nothing, { signal });
    client.addEventListener('other', nothing, { signal });
    expect(left()).toEqual([1, 3]);
    server.close();
    await settled();
    expect(client.readyState).toBe(client.CLOSED);
    client.addEventListener('message', nothing, { signal });
  });
});

test('the listener is removed when the signal aborts, until the WebSocket has closed', () => {
  const controller = new AbortController();
  const on = listening();
  const { target } = on;
  const heard: string[] = [];
  const listener = ({ type }: Event | { type: string }): void => void heard.push(type);
  for (const type of ['open', 'drain'] as const) {
    target.addEventListener(type, listener, { signal: controller.signal });
  }
  on.fire('open');
  controller.abort();
  on.fire('open');
  on.fire('drain');
  expect(heard).toEqual(['open']);
  expect([target.listenerCount('open'), target.listenerCount('drain')]).toEqual([0, 0]);
});

test('a closed WebSocket is not kept in memory', async () => {
  setFlagsFromString('--expose_gc');
  const collect = runInNewContext('gc') as () => void;
  const made = await (async () => {
    const { client, server } = new Joined().open();
    client.addEventListener('message', () => client.url, { signal });
    server.close();
    await settled();
    return new WeakRef(client);
  })();
  await settled();
  collect();
  expect(made.deref()).toBeUndefined();
});
