/** Messages in parts come to what they are as a whole, on the wire and through compression. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ExtensionError, type Pipeline } from '@ws/extensions';
import { deflateOptions, payload } from '../bytes/compressible';
import { damage, damaged, feeding, role, validStream } from '../bytes/streams';
import { pieces, WHOLE } from '../bytes/told';
import { decodeInParts } from '../bytes/told-parts';
import { ENOUGH, negotiated, RSV1, type Pair } from '../link/deflate-pair';
import type { Model } from '../model';

const wire = role.chain((at) =>
  fc.tuple(
    fc.constant(at),
    fc.oneof(
      validStream(at).map((stream) => stream.wire),
      damaged(validStream(at)),
    ),
  ),
);
const switches = fc.array(fc.boolean(), { minLength: 1, maxLength: 6 });

export const framesInParts: Model = {
  name: 'frames-in-parts',
  law: 'a stream means the same in parts, however it is cut, and whenever parts are wanted',
  runs: 800,
  property: fc.property(wire, feeding, switches, ([at, bytes], fed, inParts) =>
    assert.deepEqual(
      decodeInParts(at, bytes, fed, inParts),
      decodeInParts(at, bytes, WHOLE, [false]),
    ),
  ),
};

const cuts = fc.array(
  fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 40_000 })),
  { minLength: 1, maxLength: 5 },
);
const message = fc.record({ data: payload, cuts, does: fc.option(damage, { freq: 3 }) });
const limit = fc.constantFrom(ENOUGH, 20_000, 1000, 0);

export const deflateInParts: Model = {
  name: 'deflate-in-parts',
  law: 'what is compressed in parts is restored in parts as it is whole, or refused in both ways',
  runs: 120,
  property: fc.asyncProperty(
    deflateOptions,
    fc.array(message, { minLength: 1, maxLength: 3 }),
    cuts,
    limit,
    async (options, messages, frames, most) => {
      const [one, other] = [negotiated(options, options), negotiated(options, options)];
      for (const each of messages) {
        const sent = await compressed(one, each);
        const data = sent.rsv === RSV1 && each.does !== null ? each.does(sent.data) : sent.data;
        const whole = await outcome(async () => {
          const { data: made } = await one.server.incoming(
            { opcode: 2, rsv: sent.rsv, data },
            most,
          );
          return made;
        });
        const inParts = await outcome(() => restored(other.server, sent.rsv, data, frames, most));
        assert.deepEqual(inParts, whole);
        if (whole === null) break;
      }
      [one, other].forEach((pair) => pair.close());
    },
  ),
};

/** What a client sends; anybody who keeps what was agreed on can read it. */
async function compressed(
  { client, strict }: Pair,
  { data, cuts: lengths }: { readonly data: Buffer; readonly cuts: readonly number[] },
): Promise<{ rsv: number; data: Buffer }> {
  const parts = client.outgoingParts({ opcode: 2, rsv: 0, compress: true });
  const made: Uint8Array[] = [];
  for (const part of pieces(data, lengths)) made.push(await parts.push(part, false));
  made.push(await parts.push(Buffer.alloc(0), true));
  const sent = { opcode: 2, rsv: parts.rsv, data: Buffer.concat(made) };
  assert.ok(strict.client.read(sent).equals(data), 'it reads differently by the RFC');
  return sent;
}

async function restored(
  pipeline: Pipeline,
  rsv: number,
  data: Uint8Array,
  lengths: readonly number[],
  most: number,
): Promise<Buffer> {
  const parts = pipeline.incomingParts({ opcode: 2, rsv }, { maxBytes: most, maxGathered: most });
  const made: Uint8Array[] = [];
  const take = (piece: Uint8Array): void => void made.push(piece);
  for (const part of pieces(data, lengths)) await parts.push(part, false, take);
  await parts.push(Buffer.alloc(0), true, take);
  return Buffer.concat(made);
}

/** What it comes to; null if it is refused. */
async function outcome(run: () => Promise<Uint8Array>): Promise<string | null> {
  try {
    return Buffer.from(await run()).toString('hex');
  } catch (error) {
    if (error instanceof ExtensionError) return null;
    throw error;
  }
}
