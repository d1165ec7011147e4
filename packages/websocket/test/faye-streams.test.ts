/**
 * What Node's functions for streams do with a WebSocket of faye-websocket 0.11, which is a stream of the old kind: each
 * row is run with both modules.
 */
import { once } from 'node:events';
import { Duplex, finished as whenFinished, PassThrough, Readable } from 'node:stream';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import type { WebSocket } from '@ws/connection';
import { connect, type Pair } from './support/faye-differences';
import { MODULES } from './support/faye-modules';
import { nextEvent } from './support/observed';

const finished = promisify(whenFinished);

interface Row {
  readonly what: string;
  readonly gives: unknown;
  run(pair: Pair): unknown;
}

/** As the types of Node's functions want it. */
const readableOf = (ws: WebSocket): Readable => ws as never;
const writableOf = (ws: WebSocket): Writable => ws as never;

const STREAMS: Row[] = [
  {
    what: 'readable and writable',
    gives: [true, true, true, true, false, false],
    async run({ client }) {
      const values = [client.readable, client.writable];
      client.close();
      values.push(client.readable, client.writable);
      await nextEvent(client, 'close');
      return [...values, client.readable, client.writable];
    },
  },
  {
    what: 'data and end',
    gives: ['hello', Buffer.of(1, 2), 'end', 'close'],
    async run({ client, server }) {
      const log: unknown[] = [];
      client.on('data', (data) => log.push(data));
      client.on('end', () => log.push('end'));
      client.on('close', () => log.push('close'));
      server.send('hello');
      server.send(Buffer.of(1, 2));
      server.close(1000);
      await nextEvent(client, 'close');
      return log;
    },
  },
  {
    what: 'data that is not listened to any more',
    gives: ['hello'],
    async run({ client, server }) {
      const log: unknown[] = [];
      const removed = (data: unknown): number => log.push(data);
      client.on('data', removed).once('data', (data) => log.push(data));
      client.removeListener('data', removed);
      client.on('data', () => {});
      server.send('hello');
      server.send('again');
      server.close(1000);
      await nextEvent(client, 'close');
      return log;
    },
  },
  {
    what: 'stream.finished',
    gives: 'finished',
    async run({ client, server }) {
      const done = finished(readableOf(client));
      server.close(1000);
      await done;
      return 'finished';
    },
  },
  {
    what: 'stream.pipeline from it',
    gives: 'onetwo',
    async run({ client, server }) {
      const destination = new PassThrough();
      const done = pipeline(readableOf(client), destination);
      server.send('one');
      server.send('two');
      server.close(1000);
      await done;
      return (await destination.setEncoding('utf8').toArray()).join('');
    },
  },
  {
    what: 'stream.pipeline into it, from an iterable',
    gives: ['one', 'two'],
    async run({ client, server }) {
      const log: unknown[] = [];
      server.on('data', (data) => log.push(data));
      await Promise.all([nextEvent(server, 'close'), pipeline(['one', 'two'], writableOf(client))]);
      return log;
    },
  },
  {
    what: 'readable.pipe into it',
    gives: ['one', 'two'],
    async run({ client, server }) {
      const log: unknown[] = [];
      server.on('message', ({ data }) => log.push(data));
      const closed = nextEvent(server, 'close');
      Readable.from(['one', 'two']).pipe(writableOf(client));
      await closed;
      return log;
    },
  },
  {
    what: 'Duplex.from and Readable.wrap',
    gives: ['hello', 'hello'],
    async run({ client, server }) {
      const wrapped = new Readable({ objectMode: true }).wrap(readableOf(client));
      const both = [Duplex.from(readableOf(client)), wrapped];
      const chunks = both.map(async (stream) => (await once(stream, 'data')) as unknown[]);
      server.send('hello');
      return (await Promise.all(chunks)).flat();
    },
  },
  {
    what: 'Readable.toWeb, which wants one of its own class',
    gives: 'ERR_INVALID_ARG_TYPE',
    run({ client }) {
      try {
        return Readable.toWeb(readableOf(client));
      } catch (error) {
        return (error as { code: unknown }).code;
      }
    },
  },
];

describe.each(MODULES)('with $name', ({ WebSocket }) => {
  test.each(STREAMS)('$what', async (row) => {
    const pair = await connect(WebSocket);
    expect(await row.run(pair)).toEqual(row.gives);
    pair.client.close();
  });
});
