/** One outcome, whatever happens at the same moment. */
import { Duplex } from 'node:stream';
import type { Opening } from '@ws/connection';
import { acceptFor, responseHead } from '../../websocket/test/support/requests';
import { dial } from './client-websocket';

/** Dials a stream that the test holds in its hands; gives it when the request has been written. */
async function asked(log: string[]): Promise<{ opening: Opening; stream: Duplex; answer: string }> {
  let written: (request: string) => void = () => {};
  const request = new Promise<string>((resolve) => (written = resolve));
  const stream = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, callback) {
      written(chunk.toString('latin1'));
      callback();
    },
  });
  const [opening] = dial('ws://a.example/', [], { createConnection: () => stream });
  opening.begin({
    websocket: {},
    opened: () => log.push('opened'),
    failed: ({ message }) => log.push(`failed: ${message}`),
  });
  expect(log).toEqual([]);
  const key = /Key: (.*)\r/.exec(await request)?.[1] ?? '';
  const headers = {
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Accept': acceptFor(key),
  };
  return { opening, stream, answer: responseHead('101 Switching Protocols', headers) };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('an answer, and nothing else, opens', async () => {
  const log: string[] = [];
  const { opening, stream, answer } = await asked(log);
  stream.push(answer);
  await turn();
  opening.abort(new Error('too late'));
  await turn();
  expect(log).toEqual(['opened']);
  expect(stream.destroyed).toBe(false);
  stream.destroy();
});

test('an abort at the moment of the answer fails, and destroys the stream', async () => {
  const log: string[] = [];
  const { opening, stream, answer } = await asked(log);
  setImmediate(() => {
    stream.push(answer);
    opening.abort(new Error('enough'));
    opening.abort(new Error('more than enough'));
  });
  await turn();
  await turn();
  expect(log).toEqual(['failed: enough']);
  expect(stream.destroyed).toBe(true);
});

test('an end at the moment of an abort is not heard', async () => {
  const log: string[] = [];
  const { opening, stream } = await asked(log);
  opening.abort(new Error('enough'));
  stream.destroy(new Error('broken'));
  await turn();
  expect(log).toEqual(['failed: enough']);
});
