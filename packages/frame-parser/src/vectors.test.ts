import * as api from '.';
import type * as FrameParser from '.';
import { runVectors } from '../test/run-vectors';
import { VECTORS } from '../test/vectors';

const EVERY_VECTOR = { passed: VECTORS.length * 3, failures: [] };

test('every vector passes', () => {
  expect(runVectors(api)).toEqual(EVERY_VECTOR);
});

test('every vector passes where there is only the Encoding standard', () => {
  const node = { Buffer: globalThis.Buffer, process: globalThis.process };
  let bare: typeof FrameParser | undefined;
  Object.assign(globalThis, { Buffer: undefined, process: undefined });
  try {
    jest.isolateModules(() => {
      bare = jest.requireActual<typeof FrameParser>('.');
    });
  } finally {
    Object.assign(globalThis, node);
  }
  expect(bare?.MessageDecoder).not.toBe(api.MessageDecoder);
  expect(runVectors(bare!)).toEqual(EVERY_VECTOR);
  expect(bare!.encodeHixieText('é')).toEqual(Uint8Array.of(0, 0xc3, 0xa9, 0xff));
  expect(
    ['', 'a', 'é', '€', '😀', '\ud800', '\udc00a', '\ud800\ud800'].map(bare!.utf8Length),
  ).toEqual([0, 1, 2, 3, 4, 3, 4, 6]);
  expect(bare!.isValidUtf8(Uint8Array.of(0xc3, 0xa9))).toBe(true);
  expect(bare!.isValidUtf8(Uint8Array.of(0xc3))).toBe(false);
});
