/**
 * The two ends of permessage-deflate (RFC 7692) without a connection between them, and beside them a
 * peer that keeps no more than what was agreed on.
 */
import assert from 'node:assert/strict';
import { constants, inflateRawSync } from 'node:zlib';
import {
  Extensions,
  parseExtensions,
  type ExtensionMessage,
  type OutgoingMessage,
  type Pipeline,
} from '@ws/extensions';
import { permessageDeflate, type DeflateOptions } from '@ws/permessage-deflate';
import type { SideName } from './faults';

export const RSV1 = 4;
/** More than any message has, in bytes. */
export const ENOUGH: number = 2 ** 20;

/** Both ends of a connection, and a peer of each direction that is only just good enough. */
export interface Pair {
  readonly client: Pipeline;
  readonly server: Pipeline;
  readonly strict: Readonly<Record<SideName, StrictReader>>;
  close(): void;
}

export function negotiated(clientOptions: DeflateOptions, serverOptions: DeflateOptions): Pair {
  const offer = new Extensions([permessageDeflate(clientOptions)]).offer();
  const { header, pipeline: server } = new Extensions([permessageDeflate(serverOptions)]).accept(
    offer.header,
  );
  const { pipeline: client } = offer.activate(header);
  assert.ok(client !== null && server !== null, `"${offer.header}" is declined: "${header}"`);
  const strict = {
    client: new StrictReader('client', header),
    server: new StrictReader('server', header),
  };
  return { client, server, strict, close: () => [client, server].forEach((end) => end.close()) };
}

/** Has messages sent without waiting for one another. They arrive as they were. */
export async function send(
  pair: Pair,
  by: SideName,
  messages: readonly OutgoingMessage[],
): Promise<void> {
  const before = messages.map(({ data }) => Buffer.from(data));
  const wire = await Promise.all(messages.map((one) => Promise.resolve(pair[by].outgoing(one))));
  for (const [index, { data }] of messages.entries()) {
    assert.ok(before[index]!.equals(data), 'what is sent has changed');
    assert.ok(pair.strict[by].read(wire[index]!).equals(data), 'it reads differently by the RFC');
  }
  const peer = pair[by === 'client' ? 'server' : 'client'];
  const received = await Promise.all(
    wire.map((one) => Promise.resolve(peer.incoming(one, ENOUGH))),
  );
  for (const [index, { opcode, data }] of messages.entries()) {
    const { opcode: sameOpcode, rsv, data: same } = received[index]!;
    assert.deepEqual([sameOpcode, rsv], [opcode, 0]);
    assert.ok(Buffer.compare(same, data) === 0, 'it has not arrived as it was');
  }
}

/** Reads what one side sends with the window that was agreed on, and not a byte more (RFC 7692 §7.2.2). */
class StrictReader {
  private readonly windowBits: number;
  private readonly forgets: boolean;
  private history: Buffer = Buffer.alloc(0);

  constructor(sender: SideName, header: string) {
    const [{ parameters }] = parseExtensions(header) as [ReturnType<typeof parseExtensions>[0]];
    const values = new Map(parameters.map(({ name, value }) => [name, value]));
    this.windowBits = Number(values.get(`${sender}_max_window_bits`) ?? 15);
    this.forgets = values.has(`${sender}_no_context_takeover`);
  }

  read({ rsv, data }: ExtensionMessage): Buffer {
    if (rsv === 0) return Buffer.from(data);
    assert.equal(rsv, RSV1);
    const inflated = inflateRawSync(Buffer.concat([data, Buffer.of(0, 0, 0xff, 0xff)]), {
      windowBits: this.windowBits,
      finishFlush: constants.Z_SYNC_FLUSH,
      // What zlib has given out it does not refer to any more, but by its window.
      chunkSize: constants.Z_MIN_CHUNK,
      ...(this.history.length > 0 && { dictionary: this.history }),
    });
    if (!this.forgets) {
      this.history = Buffer.concat([this.history, inflated]).subarray(-(2 ** this.windowBits));
    }
    return inflated;
  }
}
