import * as fc from 'fast-check';
import { anyText } from '../../common/test/any-text';
import { ACCEPT, KEY } from '../test/heads';
import { generateKey, portableAccept, secWebSocketAccept } from './accept';

describe('secWebSocketAccept', () => {
  test('answers the key of RFC 6455 §1.3', () => {
    expect(secWebSocketAccept(KEY)).toBe(ACCEPT);
  });

  test('is the same without the hash of the runtime', () => {
    const property = fc.property(anyText(), (key) => {
      expect(portableAccept(key)).toBe(secWebSocketAccept(key));
    });
    fc.assert(property, { numRuns: 200 });
  });

  test.each([
    ['has no getBuiltinModule', undefined],
    ['has no crypto', () => undefined],
    ['has no one-shot hash', () => ({})],
  ])('works where the runtime %s', (_, getBuiltinModule) => {
    const original = Object.getOwnPropertyDescriptor(process, 'getBuiltinModule')!;
    try {
      Object.defineProperty(process, 'getBuiltinModule', { ...original, value: getBuiltinModule });
      jest.isolateModules(() => {
        const isolated = jest.requireActual<typeof import('./accept')>('./accept');
        expect(isolated.secWebSocketAccept(KEY)).toBe(ACCEPT);
      });
    } finally {
      Object.defineProperty(process, 'getBuiltinModule', original);
    }
  });
});

describe('generateKey', () => {
  test('is 16 bytes in base64', () => {
    expect(generateKey((bytes) => bytes.fill(0xff))).toBe('/////////////////////w==');
    expect(Buffer.from(generateKey(), 'base64')).toHaveLength(16);
  });

  test('varies even where Math.random does not', () => {
    const random = jest.spyOn(Math, 'random').mockReturnValue(0.5);
    expect(new Set(Array.from({ length: 100 }, () => generateKey())).size).toBe(100);
    random.mockRestore();
  });
});
