import type { ServerOptions } from '../options';
import { mergedHeaders, mergedOptions } from './merged-options';

test.each<[ServerOptions, ServerOptions, ServerOptions]>([
  [{ maxLength: 1, ping: 30 }, { maxLength: 2 }, { maxLength: 2, ping: 30 }],
  [
    { maxLength: 1, deflate: true },
    { maxLength: null, deflate: undefined },
    { maxLength: 1, deflate: true },
  ],
  [{ deflate: true }, { deflate: false }, { deflate: false }],
  [{ ping: 30 }, { pingInterval: 5 }, { pingInterval: 5 }],
  [{ pingInterval: 5 }, { ping: 30 }, { ping: 30 }],
  [{ ping: 30 }, { ping: 0 }, { ping: 0 }],
])('%j and %j on top are %j', (base, own, merged) => {
  const before = structuredClone([base, own]);
  expect(mergedOptions(base, own)).toEqual({ ...merged, headers: {} });
  expect([base, own]).toEqual(before);
});

test('of two headers with one name, in any case, the last is sent', () => {
  expect(
    mergedHeaders({ 'X-A': '1', 'Set-Cookie': 'a=1' }, null, { 'set-cookie': ['b=2', 'c=3'] }),
  ).toEqual({ 'X-A': '1', 'set-cookie': ['b=2', 'c=3'] });
});
