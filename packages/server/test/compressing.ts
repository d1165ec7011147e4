/** Servers that compress, and clients that compress by hand. */
import { constants, deflateRawSync } from 'node:zlib';
import type { DeflateOptions } from '@ws/permessage-deflate';
import { ServerWebSocket } from '../src';
import { echoing, observed } from '../../websocket/test/support/observed';
import type { Observed } from '../../websocket/test/support/observed';
import { RawClient } from '../../websocket/test/support/raw-client';
import { head, HYBI_13 } from '../../websocket/test/support/requests';
import { TestServer } from '../../websocket/test/support/test-server';

export const MiB: number = 2 ** 20;
export const OFFER = 'permessage-deflate; client_max_window_bits';
/** For a frame of a message that is compressed. */
export const RSV1 = { rsv: 4 };

export type Server = TestServer<Observed<ServerWebSocket>>;

/** A server that sends every message back. */
export function serve(
  deflate: boolean | DeflateOptions = true,
  maxLength = 2 * MiB,
): Promise<Server> {
  return TestServer.listen((...upgrade) =>
    observed(echoing(new ServerWebSocket(...upgrade, [], { deflate, maxLength }))),
  );
}

/** A client that may compress. */
export async function compressing(server: Server): Promise<RawClient> {
  const request = head({ ...HYBI_13, 'Sec-WebSocket-Extensions': OFFER });
  const client = await RawClient.connect(server.port, request);
  expect(await client.readHead()).toMatch(/^Sec-WebSocket-Extensions: permessage-deflate/m);
  return client;
}

/** The message without the four octets that everybody knows (RFC 7692 §7.2.1). */
export function deflated(data: string | Uint8Array, finishFlush = constants.Z_SYNC_FLUSH): Buffer {
  const compressed = deflateRawSync(data, { finishFlush });
  return finishFlush === constants.Z_SYNC_FLUSH ? compressed.subarray(0, -4) : compressed;
}
