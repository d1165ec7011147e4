import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { referenceBars } from './reference-sidebar';

const client = { text: '@ws/client', link: '/reference/client/' };
const umbrella = { text: '@ws/websocket', link: '/reference/websocket/' };
const classes = [{ text: 'Client', link: '/reference/client/classes/Client' }];
const aliases = [{ text: 'Code', link: '/reference/client/type-aliases/Code' }];
const kinds = [
  { text: 'Classes', collapsed: true, items: classes },
  { text: 'Type Aliases', collapsed: true, items: aliases },
];

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'pages-'));
});

afterEach(() => rmSync(root, { recursive: true }));

function barsOf(sidebar: readonly object[]): Record<string, unknown> {
  mkdirSync(join(root, 'reference'));
  writeFileSync(join(root, 'reference/typedoc-sidebar.json'), JSON.stringify(sidebar));
  return Object.fromEntries(referenceBars(root, 'Reference'));
}

test('the page of the reference has all packages, the umbrella first', () => {
  expect(barsOf([{ ...client, items: kinds }, umbrella])['/reference/']).toEqual([
    { text: 'Reference', items: [umbrella, client] },
  ]);
});

test('the page of a package has all that the package exports, and no other exports', () => {
  const bars = barsOf([
    { ...umbrella, items: kinds },
    { ...client, items: kinds },
  ]);
  const items = [
    { text: 'Classes', collapsed: false, items: classes },
    { text: 'Type Aliases', collapsed: false, items: aliases },
  ];
  expect(bars['/reference/client/']).toEqual([
    { text: 'Reference', items: [umbrella, { ...client, collapsed: false, items }] },
  ]);
});

test('the pages of a kind have the exports of that kind, and links to the other kinds', () => {
  const bars = barsOf([{ ...client, items: kinds }]);
  const items = [
    { text: 'Classes', link: '/reference/client/#classes' },
    { text: 'Type Aliases', collapsed: false, items: aliases },
  ];
  expect(bars['/reference/client/type-aliases/']).toEqual([
    { text: 'Reference', items: [{ ...client, collapsed: false, items }] },
  ]);
});

test('without a reference there is its sidebar, and it is empty', () => {
  expect(referenceBars(root, 'Reference')).toEqual([
    ['/reference/', [{ text: 'Reference', items: [] }]],
  ]);
});
