/** Masking by SIMD: the module is its source, it is what a loop is, and without it all is the same. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import wabt from 'wabt';
import type * as frameParser from '.';
import { MASK_MODULE } from './mask-module';

type FrameParser = typeof frameParser;

/** The package as it is loaded when `prepare` has been called. */
function loaded(prepare: () => void = () => {}): FrameParser {
  let copy: FrameParser | null = null;
  jest.isolateModules(() => {
    prepare();
    copy = jest.requireActual<FrameParser>('.');
    // It is made when it is first needed.
    copy.receiveBuffer();
  });
  return copy!;
}

/** Without SIMD, as the environment variable has it. */
function withoutSimd(): FrameParser {
  process.env['WS_NO_WASM'] = '1';
  try {
    return loaded();
  } finally {
    delete process.env['WS_NO_WASM'];
  }
}

const fast = loaded();
const plain = withoutSimd();

/** Byte by byte, as RFC 6455 §5.3 has it. */
function reference(bytes: Uint8Array, key: number, phase: number): Uint8Array {
  return bytes.map((byte, i) => byte ^ (key >>> (24 - 8 * ((i + phase) & 3))));
}

function hasSimd(copy: FrameParser): boolean {
  const buffer = copy.receiveBuffer();
  return buffer.buffer.byteLength > buffer.length;
}

test('the module is what `npm run wasm` makes of its source', async () => {
  const source = readFileSync(join(__dirname, '../wasm/mask.wat'), 'utf8');
  const assembler = await wabt();
  const { buffer } = assembler.parseWat('mask.wat', source, { simd: true }).toBinary({});
  expect(MASK_MODULE).toEqual([...buffer]);
});

test('there is one here, and none with WS_NO_WASM', () => {
  expect([fast, plain].map(hasSimd)).toEqual([true, false]);
});

describe('there is none, and no error, where', () => {
  const original = globalThis.WebAssembly;
  afterEach(() => void (globalThis.WebAssembly = original));

  const refuses = function () {
    throw new original.CompileError('Refused to compile: unsafe-eval is not allowed');
  };
  const masksNothing = class {
    exports = { memory: { buffer: new ArrayBuffer(0x2_0000) }, mask: () => 0 };
  };
  test.each<[string, unknown]>([
    ['the host has no WebAssembly', undefined],
    ['a Content-Security-Policy forbids it', { Module: refuses, Instance: original.Instance }],
    ['there is no room for its memory', { Module: original.Module, Instance: refuses }],
    ['it does not do what it should', { Module: original.Module, Instance: masksNothing }],
  ])('%s', (_name, stand) => {
    const copy = loaded(() => void (globalThis.WebAssembly = stand as typeof WebAssembly));
    expect(hasSimd(copy)).toBe(false);
    const bytes = new Uint8Array(5000);
    copy.maskInPlace(bytes, 0x01020304);
    expect(bytes).toEqual(reference(new Uint8Array(5000), 0x01020304, 0));
  });
});

const key = fc.integer();
const phase = fc.integer({ min: 0, max: 5 });
const offset = fc.integer({ min: 0, max: 40 });

describe.each([
  ['with SIMD', fast],
  ['without', plain],
])('%s', (_name, { maskInPlace, receiveBuffer }) => {
  test('masking in the receive buffer is masking, and nothing beside it changes', () => {
    const length = fc.oneof(fc.integer({ min: 0, max: 700 }), fc.integer({ max: 65_000, min: 0 }));
    fc.assert(
      fc.property(offset, length, key, phase, fc.nat(), (at, n, maskingKey, from, seed) => {
        const buffer = receiveBuffer();
        const before = buffer.map((_, i) => i * 31 + seed);
        buffer.set(before);
        maskInPlace(buffer.subarray(at, at + n), maskingKey, 0, n, from);
        const after = before.slice();
        after.set(reference(before.subarray(at, at + n), maskingKey, from), at);
        expect(Buffer.compare(buffer, after)).toBe(0);
      }),
      { numRuns: 100 },
    );
  });

  test.each([
    ...[0, 63, 64, 1023, 1024, 1025, 65_535, 65_536, 65_537, 65_551, 65_552, 65_553],
    ...[131_071, 131_072, 131_073, 131_088, 200_001],
  ])('and of %d bytes in other memory', (length) => {
    for (const at of [0, 1, 3]) {
      const bytes = new Uint8Array(length + 10).map((_, i) => i * 7);
      const expected = bytes.slice();
      expected.set(reference(bytes.subarray(at, at + length), 0x8102f304, 1), at);
      maskInPlace(bytes, 0x8102f304, at, at + length, 1);
      expect(Buffer.compare(bytes, expected)).toBe(0);
    }
  });

  test('what is said to be ASCII is ASCII', () => {
    const length = fc.integer({ min: 0, max: 5000 });
    const notAscii = fc.option(fc.nat());
    fc.assert(
      fc.property(offset, length, key, notAscii, fc.boolean(), (at, n, maskingKey, high, own) => {
        const bytes = own ? new Uint8Array(n) : receiveBuffer().subarray(at, at + n);
        bytes.fill(0x7f);
        if (high !== null && n > 0) bytes[high % n] = 0x80;
        bytes.set(reference(bytes, maskingKey, 0));
        const isAscii = maskInPlace(bytes, maskingKey);
        if (isAscii) expect(bytes.every((byte) => byte < 0x80)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

test.each([
  ['in the receive buffer', 64, fast.receiveBuffer()],
  ['in other memory', 1024, new Uint8Array(70_000)],
  ['in several pieces', 65_540, new Uint8Array(70_000)],
])('SIMD tells what is ASCII %s', (_name, length, memory) => {
  const isAscii = (last: number): boolean => {
    const bytes = memory.subarray(1, 1 + length).fill(0x20);
    bytes[length - 1] = last;
    fast.maskInPlace(bytes, 0x0f8f0f8f);
    return fast.maskInPlace(bytes, 0x0f8f0f8f);
  };
  expect([isAscii(0x7f), isAscii(0x80)]).toEqual([true, false]);
});
