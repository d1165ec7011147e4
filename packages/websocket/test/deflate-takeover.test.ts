/** A client that keeps its context although the server has told it not to: the error says what to set. */
import { deflateRawSync } from 'node:zlib';
import WebSocket from '../src';
import { frame, TEXT } from './support/frames';
import { messageOf, nextEvent } from './support/observed';
import { RawClient } from './support/raw-client';
import { head, HYBI_13 } from './support/requests';
import { TestServer } from './support/test-server';

const DEFLATE = { ...HYBI_13, 'Sec-WebSocket-Extensions': 'permessage-deflate' };
const RSV1 = { rsv: 4 };
const TEXT_TWICE = Buffer.from('the same words, once more');

/** A message that refers to one before it (RFC 7692 §7.2.1). */
function referring(data: Uint8Array, before?: Uint8Array): Buffer {
  const options = { finishFlush: 2, ...(before && { dictionary: before }) };
  return deflateRawSync(data, options).subarray(0, -4);
}

async function answerTo(deflate: WebSocket.DeflateOptions | true) {
  const server = await TestServer.listen(
    (...upgrade) => new WebSocket(...upgrade, [], { deflate }),
  );
  const client = await RawClient.connect(server.port, head(DEFLATE));
  await client.readHead();
  const ws = await server.next();
  const first = messageOf(ws);
  client.write(frame(TEXT, referring(TEXT_TWICE), RSV1));
  expect(await first).toBe(String(TEXT_TWICE));
  const second = Promise.race([nextEvent(ws, 'message'), nextEvent(ws, 'error')]);
  client.write(frame(TEXT, referring(TEXT_TWICE, TEXT_TWICE), RSV1));
  return second;
}

test('a server that keeps nothing says which option would', async () => {
  const event = await answerTo(true);
  expect(event).toMatchObject({
    message: expect.stringContaining('clientNoContextTakeover: false') as string,
    error: { code: 'WS_ERR_EXTENSION_FAILED', closeCode: 1007 },
  });
});

test('with that option, it understands', async () => {
  const event = await answerTo({ clientNoContextTakeover: false });
  expect(event).toMatchObject({ type: 'message', data: String(TEXT_TWICE) });
});
