/**
 * What programs do with a WebSocket of faye-websocket 0.11 as with any emitter of Node's: each
 * row is run with both modules.
 */
import {
  defaultMaxListeners,
  getEventListeners,
  listenerCount,
  on,
  once,
  setMaxListeners,
} from 'node:events';
import type { EventEmitter } from 'node:events';
import type { WebSocket } from '@ws/connection';
import { connect, type Pair } from './support/faye-differences';
import { MODULES } from './support/faye-modules';
import { nextEvent } from './support/observed';

interface Row {
  readonly what: string;
  readonly gives: unknown;
  run(pair: Pair): unknown;
}

/** As the types of Node's functions want it. */
const emitterOf = (ws: WebSocket): EventEmitter => ws as never;

/** How often a listener is called that is added, and then removed, so. */
async function callsBehind(
  { client, server }: Pair,
  change: (ws: WebSocket, listener: () => void) => void,
): Promise<number> {
  let calls = 0;
  change(client, () => calls++);
  client.on('message', () => {});
  server.send('hello');
  server.close();
  await nextEvent(client, 'close');
  return calls;
}

const LISTENERS: Row[] = [
  {
    what: 'on, then removeEventListener',
    gives: 0,
    run: (pair) =>
      callsBehind(pair, (ws, listener) => {
        ws.on('message', listener);
        ws.removeEventListener('message', listener);
      }),
  },
  {
    what: 'addEventListener, then removeListener',
    gives: 0,
    run: (pair) =>
      callsBehind(pair, (ws, listener) => {
        ws.addEventListener('message', listener);
        ws.removeListener('message', listener);
      }),
  },
  {
    what: 'once, then removeEventListener',
    gives: 0,
    run: (pair) =>
      callsBehind(pair, (ws, listener) => {
        ws.once('message', listener);
        ws.removeEventListener('message', listener, false);
      }),
  },
  {
    what: 'addEventListener with useCapture, then off',
    gives: 0,
    run: (pair) =>
      callsBehind(pair, (ws, listener) => {
        ws.addEventListener('message', listener, true);
        ws.off('message', listener);
      }),
  },
  {
    what: 'added both ways, removed one way',
    gives: 1,
    run: (pair) =>
      callsBehind(pair, (ws, listener) => {
        ws.on('message', listener);
        ws.addEventListener('message', listener);
        ws.removeEventListener('message', listener);
      }),
  },
  {
    what: 'removeAllListeners of a type, and of all',
    gives: 0,
    run: (pair) =>
      callsBehind(pair, (ws, listener) => {
        ws.on('message', listener);
        ws.removeAllListeners('message');
        ws.addListener('message', listener);
        ws.removeAllListeners();
      }),
  },
  {
    what: 'prependListener and prependOnceListener',
    gives: ['third', 'second', 'first', 'second', 'first'],
    async run({ client, server }) {
      const calls: string[] = [];
      client.on('message', () => calls.push('first'));
      client.prependListener('message', () => calls.push('second'));
      client.prependOnceListener('message', () => calls.push('third'));
      server.send('one');
      server.send('two');
      server.close();
      await nextEvent(client, 'close');
      return calls;
    },
  },
];

const NAMES: Row[] = [
  {
    what: 'emit of a name of your own',
    gives: [true, false, [['chat', 1, 2]], ['self', true]],
    run({ client }) {
      const calls: unknown[][] = [];
      const selves: unknown[] = [];
      client.once('chat', function (this: unknown, ...args: never[]) {
        calls.push(['chat', ...args]);
        selves.push('self', this === client);
      });
      const emitted = client.emit('chat', 1, 2);
      return [emitted, client.emit('chat', 3), calls, selves];
    },
  },
  {
    what: 'what a listener of a name of your own throws',
    gives: 'thrown: mine',
    run({ client }) {
      client.on('chat', () => {
        throw new Error('mine');
      });
      try {
        return client.emit('chat');
      } catch (error) {
        return `thrown: ${(error as Error).message}`;
      }
    },
  },
  {
    what: 'emit of a message, with an event',
    gives: [true, ['hello']],
    run({ client }) {
      const data: unknown[] = [];
      client.on('message', (event) => data.push(event.data));
      return [client.emit('message', new MessageEvent('message', { data: 'hello' })), data];
    },
  },
  {
    what: 'emit of error, which nobody listens to',
    gives: 'nothing thrown',
    run({ client }) {
      client.emit('error', new Event('error'));
      client.emit('error', new Error('mine') as never);
      return 'nothing thrown';
    },
  },
  {
    what: 'eventNames, listenerCount and listeners',
    gives: [['chat', 'talk'], 2, 1, 2, true],
    run({ client }) {
      const listener = (): void => undefined;
      client.on('chat', listener).once('chat', listener).on('talk', listener);
      const names = client.eventNames().filter((name) => !['error', 'open'].includes(name));
      const listeners = client.listeners('chat');
      return [
        names,
        client.listenerCount('chat'),
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- programs call it all the same
        listenerCount(emitterOf(client), 'talk'),
        listeners.length,
        listeners.every((each) => each === listener),
      ];
    },
  },
  {
    what: 'rawListeners',
    gives: [true, true, 1, ['raw'], 0],
    run({ client }) {
      const calls: unknown[] = [];
      const listener = (what: string): number => calls.push(what);
      client.on('chat', listener).once('talk', listener);
      const [raw] = client.rawListeners('talk') as [
        ((what: string) => void) & { listener: unknown },
      ];
      const same = client.rawListeners('chat')[0] === listener;
      const count = client.listenerCount('talk');
      raw('raw');
      return [same, raw.listener === listener, count, calls, client.listenerCount('talk')];
    },
  },
  {
    what: 'setMaxListeners and getMaxListeners',
    gives: [defaultMaxListeners, 25, true, 0],
    run({ client }) {
      const before = client.getMaxListeners();
      const returned = client.setMaxListeners(25) === client;
      return [
        before,
        client.getMaxListeners(),
        returned,
        client.setMaxListeners(0).getMaxListeners(),
      ];
    },
  },
  {
    what: 'a setMaxListeners of no use',
    gives: 'RangeError',
    run({ client }) {
      try {
        return client.setMaxListeners(-1);
      } catch (error) {
        return (error as Error).name;
      }
    },
  },
];

const OF_EVENTS: Row[] = [
  {
    what: 'events.once',
    gives: ['hello', 1000],
    async run({ client, server }) {
      server.send('hello');
      const [message] = (await once(emitterOf(client), 'message')) as [{ data: unknown }];
      server.close(1000);
      const [close] = (await once(emitterOf(client), 'close')) as [{ code: unknown }];
      return [message.data, close.code];
    },
  },
  {
    what: 'events.on',
    gives: ['one', 'two'],
    async run({ client, server }) {
      const data: unknown[] = [];
      const messages = on(emitterOf(client), 'message') as AsyncIterable<[{ data: unknown }]>;
      server.send('one');
      server.send('two');
      for await (const [event] of messages) if (data.push(event.data) === 2) break;
      return data;
    },
  },
  {
    what: 'events.getEventListeners',
    gives: 2,
    run({ client }) {
      client.on('message', () => {}).once('message', () => {});
      return getEventListeners(emitterOf(client), 'message').length;
    },
  },
  {
    what: 'events.setMaxListeners',
    gives: 'nothing thrown',
    run({ client }) {
      setMaxListeners(25, emitterOf(client));
      return 'nothing thrown';
    },
  },
];

describe.each(MODULES)('with $name', ({ WebSocket }) => {
  test.each([...LISTENERS, ...NAMES, ...OF_EVENTS])('$what', async (row) => {
    const pair = await connect(WebSocket);
    expect(await row.run(pair)).toEqual(row.gives);
    pair.client.close();
  });
});
