import { createInflateRaw } from 'node:zlib';
import { PublicZlib } from './public-zlib';
import { RawStream } from './raw-stream';
import type { NativeStream } from './raw-stream';
import { chooseCodec, hasHandle } from './self-test';
import { SharedHandles } from './shared-handles';

/** Node's zlib streams have one handle class for all kinds. */
const HANDLES = Object.getPrototypeOf(
  (createInflateRaw() as unknown as NativeStream)._handle,
) as NativeStream['_handle'];

afterEach(() => jest.restoreAllMocks());

test('handles are used where they are known to work', () => {
  expect(chooseCodec()).toBeInstanceOf(SharedHandles);
});

test.each([
  ['a later Node', { node: '27.0.0' }],
  ['Bun', { node: '22.0.0', bun: '1.2.0' }],
  ['Deno', { node: '22.0.0', deno: '2.0.0' }],
  ['something that does not tell', { node: 'x' }],
])('documented zlib is used on %s', (_, versions) => {
  expect(chooseCodec(versions as NodeJS.ProcessVersions)).toBeInstanceOf(PublicZlib);
});

test('documented zlib is used where a handle throws', () => {
  jest.spyOn(HANDLES, 'writeSync').mockImplementation(() => {
    throw new Error('no');
  });
  expect(chooseCodec()).toBeInstanceOf(PublicZlib);
});

test('documented zlib is used where a handle does not do what it should', () => {
  jest.spyOn(RawStream.prototype, 'write').mockReturnValue(40);
  expect(chooseCodec()).toBeInstanceOf(PublicZlib);
});

test('documented zlib is used where a handle does not forget', () => {
  jest.spyOn(HANDLES, 'reset').mockImplementation(() => {});
  expect(chooseCodec()).toBeInstanceOf(PublicZlib);
});

test.each<[string, object]>([
  ['nothing inside', {}],
  ['no handle', { _writeState: new Uint32Array(2) }],
  ['a handle that is closed', { _handle: null, _writeState: new Uint32Array(2) }],
  ['a handle of another shape', { _handle: { write() {} }, _writeState: new Uint32Array(2) }],
  ['no write state', { _handle: HANDLES }],
  ['a write state of another shape', { _handle: HANDLES, _writeState: [0, 0] }],
])('a stream with %s is not to be trusted', (_, stream) => {
  expect(hasHandle(stream)).toBe(false);
});
