/**
 * permessage-deflate from end to end: whatever both sides ask for, they agree, and read each other;
 * what is not right is refused, and harms nobody else.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ExtensionError, type OutgoingMessage, type Pipeline } from '@ws/extensions';
import { deflateOptions, payload } from '../bytes/compressible';
import { damage, garbage, type Damage } from '../bytes/streams';
import { ENOUGH, negotiated, RSV1, send } from '../link/deflate-pair';
import type { SideName } from '../link/faults';
import type { Model } from '../model';

interface Sent {
  readonly by: SideName;
  readonly message: OutgoingMessage;
}

const compress = fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, fc.constant(false));
const message: fc.Arbitrary<OutgoingMessage> = fc.record({
  opcode: fc.constantFrom(1, 2),
  rsv: fc.constant(0),
  data: payload,
  compress,
});
const sent: fc.Arbitrary<Sent> = fc.record({
  by: fc.constantFrom<SideName>('client', 'server'),
  message,
});
/** Those of a batch are sent without waiting for one another. */
const batches = fc.array(fc.array(sent, { minLength: 1, maxLength: 4 }), { maxLength: 4 });

export const deflate: Model = {
  name: 'deflate',
  law: 'whatever both sides want of compression they agree, and all messages arrive as they were',
  runs: 120,
  property: fc.asyncProperty(deflateOptions, deflateOptions, batches, async (one, other, all) => {
    const pair = negotiated(one, other);
    const of = (batch: readonly Sent[], side: SideName): OutgoingMessage[] =>
      batch.filter(({ by }) => by === side).map((its) => its.message);
    for (const batch of all) {
      const sending = (['client', 'server'] as const).map((by) => send(pair, by, of(batch, by)));
      await Promise.all(sending);
    }
    pair.close();
  }),
};

/** Something else in place of what was compressed: the same with damages, or anything. */
const harm: fc.Arbitrary<Damage> = fc.oneof(
  { weight: 4, arbitrary: damage },
  {
    weight: 1,
    arbitrary: garbage.map(
      (bytes): Damage =>
        () =>
          bytes,
    ),
  },
);
const limit = fc.constantFrom(ENOUGH, 20_000, 1000, 0);

export const damagedDeflate: Model = {
  name: 'damaged-deflate',
  law: 'damaged messages are read within the limit or refused as documented, and harm no others',
  runs: 120,
  property: fc.asyncProperty(
    deflateOptions,
    message,
    harm,
    limit,
    async (options, one, does, most) => {
      const [good, bad] = [negotiated(options, options), negotiated(options, options)];
      await send(good, 'client', [one]);
      await send(bad, 'client', [one]);
      const { data } = await bad.client.outgoing({ ...one, compress: true });
      await lengthOrFailure(bad.server, does(data), most);
      await send(good, 'client', [one, one]);
      [good, bad].forEach((pair) => pair.close());
    },
  ),
};

export const limitedDeflate: Model = {
  name: 'limited-deflate',
  law: 'a message arrives if it is no longer than the limit, however small it was on its way',
  runs: 120,
  property: fc.asyncProperty(
    deflateOptions,
    message,
    fc.nat(140_000),
    async (options, one, any) => {
      const { byteLength } = one.data;
      for (const most of [any, byteLength, byteLength - 1].filter((limits) => limits >= 0)) {
        const pair = negotiated(options, options);
        const wire = await pair.client.outgoing(one);
        const outcome = await lengthOrFailure(pair.server, wire.data, most, wire.rsv);
        assert.equal(outcome, byteLength <= most ? byteLength : 'message-too-big');
        pair.close();
      }
    },
  ),
};

/** What becomes of the bytes of a message: so many, or why not. */
async function lengthOrFailure(
  pipeline: Pipeline,
  data: Uint8Array,
  most: number,
  rsv: number = RSV1,
): Promise<number | ExtensionError['failure']> {
  try {
    const { data: read } = await pipeline.incoming({ opcode: 2, rsv, data }, most);
    assert.ok(read.byteLength <= most, `${read.byteLength} bytes are more than ${most}`);
    return read.byteLength;
  } catch (error) {
    if (!(error instanceof ExtensionError)) throw error;
    assert.ok(['invalid-data', 'message-too-big'].includes(error.failure), error.failure);
    return error.failure;
  }
}
