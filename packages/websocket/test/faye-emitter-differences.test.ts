/** Where a WebSocket is not the emitter, or the stream, that one of faye-websocket 0.11 is: see MIGRATING.md. */
import { EventEmitter } from 'node:events';
import { Readable, Stream } from 'node:stream';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { inherits } from 'node:util';
import { connect, outcomeOf, testDifferences } from './support/faye-differences';
import { releaseLater } from './support/release';

const isNode24 = Number(process.versions.node.split('.')[0]) >= 24;

testDifferences([
  {
    what: '`pipeline(stream, ws)`, from Node 24 on',
    faye: 'done',
    ours: isNode24 ? 'ERR_STREAM_UNABLE_TO_PIPE' : 'done',
    async run(WebSocket) {
      const { client } = await connect(WebSocket);
      return pipeline(Readable.from(['hello']), client as never as Writable).then(
        () => 'done',
        (error: unknown) => (error as { code: unknown }).code,
      );
    },
  },
  {
    what: '`end` of a connection that did not end cleanly',
    faye: ['end', 'close'],
    ours: ['close', 'end'],
    async run(WebSocket) {
      const { client, server } = await connect(WebSocket);
      const log: string[] = [];
      const both = new Promise<void>((resolve) => {
        for (const name of ['end', 'close'] as string[]) {
          server.on(name, () => {
            if (log.push(name) === 2) resolve();
          });
        }
      });
      // In faye-websocket this is the transport.
      const { _stream: stream } = client as unknown as { _stream?: { destroy(): void } };
      if (stream === undefined) client.terminate();
      else stream.destroy();
      await both;
      return log;
    },
  },
  {
    what: '`ws instanceof Stream`, of `node:stream`',
    faye: [true, true, false],
    ours: [false, false, true],
    async run(WebSocket) {
      const { client } = await connect(WebSocket);
      return [Stream, EventEmitter, EventTarget].map((each) => client instanceof each);
    },
  },
  {
    what: '`util.inherits`, and `WebSocket.Client.call(this, …)`',
    faye: 'made',
    ours: 'throws TypeError',
    run(WebSocket) {
      const made = function (this: object): void {
        const client = WebSocket.Client as unknown as (url: string) => void;
        client.call(this, 'ws://127.0.0.1:1/');
      };
      inherits(made, WebSocket.Client);
      return Promise.resolve(
        outcomeOf(() => {
          const ws = Reflect.construct(made, []) as InstanceType<typeof WebSocket>;
          releaseLater(() => ws.close());
          return 'made';
        }),
      );
    },
  },
  {
    what: '`Object.create(ws)`',
    faye: true,
    ours: 'throws TypeError',
    async run(WebSocket) {
      const { client } = await connect(WebSocket);
      const wrapper = Object.create(client) as typeof client;
      return outcomeOf(() => wrapper.send('hello'));
    },
  },
  {
    what: "`emit('message', { data })`",
    faye: ['mine'],
    ours: [],
    async run(WebSocket) {
      const { client } = await connect(WebSocket);
      const heard: unknown[] = [];
      client.on('message', ({ data }) => heard.push(data));
      client.emit('message', { data: 'mine' } as never);
      return heard;
    },
  },
  {
    what: 'the events `newListener` and `removeListener`',
    faye: ['newListener', 'removeListener'],
    ours: [],
    async run(WebSocket) {
      const { client } = await connect(WebSocket);
      const heard: string[] = [];
      for (const name of ['removeListener', 'newListener'] as string[]) {
        client.on(name, (type: string) => {
          if (type === 'chat') heard.push(name);
        });
      }
      const listener = (): void => undefined;
      client.on('chat', listener).off('chat', listener);
      return heard;
    },
  },
]);
