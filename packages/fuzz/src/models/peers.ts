/** Decoders of others, on the same bytes: what is taken, what is refused, what it says. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Role } from '@ws/frame-parser';
import { damaged, feeding, garbage, role, validStream } from '../bytes/streams';
import { decode, MAX_LENGTH, type Told } from '../bytes/told';
import type { Model } from '../model';
import { disagreement } from '../peers/verdict';
import { DRIVER_DIFFERENCES, tellWithDriver } from '../peers/driver';
import { tellWithWs, WS_DIFFERENCES } from '../peers/ws';

const LONGEST_HEADER = 14;

interface Case {
  readonly at: Role;
  readonly wire: Uint8Array;
}

/** Zeros complete whatever header is half there: theirs judge some of it before it is whole. */
function completed(wire: Uint8Array, zeros: number): Uint8Array {
  return Buffer.concat([wire, new Uint8Array(zeros)]);
}

const stream: fc.Arbitrary<Case> = role.chain((at) => {
  const valid = validStream(at);
  const wire = fc.oneof(
    valid.map((one) => one.wire),
    damaged(valid),
    garbage,
  );
  return fc.record({
    at: fc.constant(at),
    wire: wire.map((bytes) => completed(bytes, LONGEST_HEADER)),
  });
});

/**
 * What a peer is given: what ours got; and if ours has refused, which it does before a frame is
 * complete, so much more that the peer has seen all of the frame.
 */
function continued(wire: Uint8Array, ours: readonly Told[]): Uint8Array {
  return ours.at(-1)?.[0] === 'violation' ? completed(wire, MAX_LENGTH) : wire;
}

export const wsPeer: Model = {
  name: 'peer-ws',
  law: 'the receiver of ws takes and refuses what ours does, but for the differences it has',
  runs: 300,
  property: fc.asyncProperty(stream, feeding, async ({ at, wire }, { cuts }) => {
    const ours = decode(at, wire);
    const theirs = await tellWithWs(at, continued(wire, ours), cuts);
    assert.equal(disagreement(ours, theirs, WS_DIFFERENCES), null);
  }),
};

export const driverPeer: Model = {
  name: 'peer-websocket-driver',
  law: 'websocket-driver takes and refuses what ours does, but for the differences it has',
  runs: 300,
  property: fc.property(stream, feeding, ({ at, wire }, { cuts }) => {
    const ours = decode(at, wire);
    const theirs = tellWithDriver(at, continued(wire, ours), cuts);
    assert.equal(disagreement(ours.map(asDriverTells), theirs, DRIVER_DIFFERENCES), null);
  }),
};

/** It gives control payloads as text, and has 1000 for a close without a code. */
function asDriverTells(told: Told): Told {
  const [kind, what, reason] = told;
  if (kind === 'ping' || kind === 'pong')
    return [kind, Buffer.from(String(what), 'hex').toString()];
  if (kind === 'close' && what === 1005) return ['close', 1000, String(reason)];
  return kind === 'close' && what === 1002 ? ['violation', 'CLOSE_CODE_INVALID'] : told;
}
