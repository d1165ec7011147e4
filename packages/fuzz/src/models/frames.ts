/** The frames of RFC 6455 and of the old drafts: every cut of the bytes means the same. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { damaged, feeding, garbage, hixieStream, role, validStream } from '../bytes/streams';
import { decode, type At, type Feeding } from '../bytes/told';
import type { Model } from '../model';

const draft = fc.constantFrom('hixie-75' as const, 'hixie-76' as const);

/** Tells the same of the whole and of the pieces; that it tells nothing illegal the recorder sees to. */
function expectSame(at: At, wire: Uint8Array, fed: Feeding): void {
  assert.deepEqual(decode(at, wire, fed), decode(at, wire));
}

export const validFrames: Model = {
  name: 'valid-frames',
  law: 'what a valid stream means is told, however it is cut',
  runs: 400,
  property: fc.property(
    role.chain((at) => fc.tuple(fc.constant(at), validStream(at))),
    feeding,
    ([at, { wire, told }], fed) => assert.deepEqual(decode(at, wire, fed), told),
  ),
};

export const damagedFrames: Model = {
  name: 'damaged-frames',
  law: 'a damaged stream means the same however it is cut, and breaks documented rules only',
  runs: 800,
  property: fc.property(
    role.chain((at) => fc.tuple(fc.constant(at), damaged(validStream(at)))),
    feeding,
    ([at, wire], fed) => expectSame(at, wire, fed),
  ),
};

export const garbageFrames: Model = {
  name: 'garbage',
  law: 'any bytes mean the same however they are cut, to every decoder',
  runs: 1500,
  property: fc.property(fc.oneof(role, draft), garbage, feeding, expectSame),
};

export const validHixie: Model = {
  name: 'valid-hixie',
  law: 'what a valid stream of draft 76 means is told, however it is cut',
  runs: 400,
  property: fc.property(hixieStream, feeding, ({ wire, told }, fed) =>
    assert.deepEqual(decode('hixie-76', wire, fed), told),
  ),
};

export const damagedHixie: Model = {
  name: 'damaged-hixie',
  law: 'a damaged stream of the old drafts means the same however it is cut',
  runs: 800,
  property: fc.property(draft, damaged(hixieStream), feeding, expectSame),
};
