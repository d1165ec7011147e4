import { isKnownNode } from './known-node';

const NODES: [string, Record<string, string>, boolean][] = [
  ['Node 20', { node: '20.19.0' }, true],
  ['Node 26', { node: '26.12.1' }, true],
  ['a Node that is not known', { node: '27.0.0' }, false],
  ['Bun', { node: '24.3.0', bun: '1.4.5' }, false],
  ['Deno', { node: '24.3.0', deno: '2.9.6' }, false],
];

test.each(NODES)('%s', (_name, versions, isKnown) => {
  expect(isKnownNode(versions as unknown as NodeJS.ProcessVersions)).toBe(isKnown);
});
