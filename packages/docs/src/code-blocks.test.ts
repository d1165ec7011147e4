import { codeBlocksOf, snippetsOf } from './code-blocks';

const PAGE = [
  '---',
  'title: A page',
  '---',
  '',
  '```ts{2} [server.ts]',
  "import 'node:http';",
  '',
  'let x = `${1}`;',
  '```',
  '',
  '- in a list',
  '',
  '  ```',
  '  plain',
  '    indented',
  '  ```',
  '',
  '````md',
  '```js',
  'within();',
  '```',
  '<<< not/a-snippet.ts',
  '````',
  '',
  '<<< ../../examples/src/readme/rooms.ts#readme{ts:line-numbers} [rooms.ts]',
  '<<< @/../examples/proxies/nginx.conf',
  '',
].join('\n');

test('the blocks of a page have their language, code and line', () => {
  expect(codeBlocksOf(PAGE)).toEqual([
    { line: 6, language: 'ts', code: "import 'node:http';\n\nlet x = `${1}`;\n" },
    { line: 14, language: '', code: 'plain\n  indented\n' },
    { line: 19, language: 'md', code: '```js\nwithin();\n```\n<<< not/a-snippet.ts\n' },
  ]);
});

test('the snippets of a page have their path and region', () => {
  expect(snippetsOf(PAGE)).toEqual([
    { path: '../../examples/src/readme/rooms.ts', region: 'readme' },
    { path: '@/../examples/proxies/nginx.conf', region: undefined },
  ]);
});

test.each(['', 'text alone\n', '```ts\nnever ends\n'])('%j has neither', (page) => {
  expect([codeBlocksOf(page), snippetsOf(page)]).toEqual([[], []]);
});
