/**
 * Where a connection ends otherwise than with faye-websocket 0.11, as MIGRATING.md says:
 * every row is run with both modules.
 */
import {
  connect,
  connectRaw,
  answering,
  outcomeOf,
  testDifferences,
} from './support/faye-differences';
import { closeFrame, frame, TEXT } from './support/frames';
import { codeOf, messageOf, nextEvent } from './support/observed';
import { releaseLater } from './support/release';

testDifferences([
  {
    what: '`close()` without a code',
    faye: 1000,
    ours: 1005,
    async run(WebSocket) {
      const { client, server } = await connect(WebSocket);
      client.close();
      return (await nextEvent(server, 'close')).code;
    },
  },
  {
    what: 'close codes 1012 to 1014, received',
    faye: 1002,
    ours: 1012,
    async run(WebSocket) {
      const { client, server } = await connectRaw(WebSocket);
      client.write(closeFrame(1012));
      return (await nextEvent(server, 'close')).code;
    },
  },
  {
    what: 'a server’s `close(1001)`',
    faye: 'throws Error',
    ours: 1001,
    async run(WebSocket) {
      const { client, server } = await connect(WebSocket);
      const closed = nextEvent(client, 'close');
      const outcome = outcomeOf(() => server.close(1001));
      if (outcome !== undefined) return outcome;
      return (await closed).code;
    },
  },
  {
    what: 'a client’s `close()` with a code it may not send',
    faye: 'throws Error',
    ours: 'throws InvalidAccessError',
    async run(WebSocket) {
      const { client } = await connect(WebSocket);
      return outcomeOf(() => client.close(1001));
    },
  },
  {
    what: 'a close reason of more than 123 bytes',
    faye: undefined,
    ours: 'throws SyntaxError',
    async run(WebSocket) {
      const { client } = await connect(WebSocket);
      return outcomeOf(() => client.close(3000, 'x'.repeat(124)));
    },
  },
  {
    what: '`close(1000, null)`',
    faye: '',
    ours: 'null',
    async run(WebSocket) {
      const { client, server } = await connect(WebSocket);
      client.close(1000, null as never);
      return (await nextEvent(server, 'close')).reason;
    },
  },
  {
    what: '`close(NaN)`',
    faye: undefined,
    ours: 'throws InvalidAccessError',
    async run(WebSocket) {
      const { client } = await connect(WebSocket);
      return outcomeOf(() => client.close(NaN));
    },
  },
  {
    what: 'a ping of more than 125 bytes',
    faye: true,
    ours: 'throws RangeError',
    async run(WebSocket) {
      const { client } = await connect(WebSocket);
      return outcomeOf(() => client.ping('x'.repeat(126)));
    },
  },
  {
    what: 'a client’s frame without a mask',
    faye: 1003,
    ours: 1002,
    async run(WebSocket) {
      const { client } = await connectRaw(WebSocket);
      client.write(frame(TEXT, 'hello', { masked: false }));
      return (await client.readFrame()).payload.readUInt16BE();
    },
  },
  {
    what: 'a server’s frame with a mask',
    faye: 'message hello',
    ours: 'error WS_ERR_UNEXPECTED_MASK',
    async run(WebSocket) {
      const url = await answering({ Connection: 'Upgrade' }, frame(TEXT, 'hello'));
      const ws = new WebSocket.Client(url);
      releaseLater(() => ws.close());
      return Promise.race([
        messageOf(ws).then((data) => `message ${data as string}`),
        nextEvent(ws, 'error').then(({ error }) => `error ${codeOf(error)}`),
      ]);
    },
  },
  {
    what: '`close` after the peer broke the protocol, or a limit',
    faye: 1007,
    ours: 1006,
    async run(WebSocket) {
      const { client, server } = await connectRaw(WebSocket);
      const closed = nextEvent(server, 'close');
      client.write(frame(TEXT, Buffer.from([0xff])));
      await client.readFrame();
      client.socket.end();
      return (await closed).code;
    },
  },
]);
