/** The README names every option, member and error code that there is, and no other option or member. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONNECTION_ERRORS, CONNECTION_OPTIONS } from '@ws/connection';
import { VIOLATIONS } from '@ws/frame-parser';
import { HANDSHAKE_ERRORS } from '@ws/handshake';
import { EXTENSION_OPTIONS } from '@ws/permessage-deflate';
import WebSocket from '../src';
import { entriesOf } from './support/readme-entries';

const README = readFileSync(join(__dirname, '../README.md'), 'utf8');

test('the options of both ends have an entry', () => {
  const names = [...CONNECTION_OPTIONS, ...EXTENSION_OPTIONS, 'handshakeTimeout', 'headers'];
  expect(entriesOf(README, 'Options').sort()).toEqual(names.sort());
});

/** Of loops and blocks, which are no members. */
const SYNTAX = ['for', 'await'];
const CONSTANTS = ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'];

function membersOf(prototype: object): string[] {
  if (prototype === EventTarget.prototype) return [];
  const own = Object.getOwnPropertyNames(prototype);
  return [...own, ...membersOf(Object.getPrototypeOf(prototype) as object)];
}

test('every attribute and method has an entry, and nothing else', () => {
  const entries = ['Attributes', 'Methods'].flatMap((section) => entriesOf(README, section));
  const hidden = [...CONSTANTS, 'constructor', 'toJSON'];
  const members = membersOf(WebSocket.prototype).filter((name) => !hidden.includes(name));
  const others = new Set(entries.filter((name) => !SYNTAX.includes(name)));
  expect([...others].sort()).toEqual([...new Set(members)].sort());
});

test('the violations are in the table, with their close codes', () => {
  for (const { errorCode, closeCode } of Object.values(VIOLATIONS)) {
    expect(README).toMatch(new RegExp(`^\\| \`${errorCode}\` +\\| ${closeCode} +\\|`, 'm'));
  }
});

test.each([...Object.keys(CONNECTION_ERRORS), ...Object.keys(HANDSHAKE_ERRORS)])(
  '%s is named',
  (code) => {
    expect(README).toContain(`\`${code}\``);
  },
);

/** The code of the packages that the umbrella depends on. */
function published(): string[] {
  const manifest = readFileSync(join(__dirname, '../package.json'), 'utf8');
  const { dependencies } = JSON.parse(manifest) as { dependencies: Record<string, string> };
  return Object.keys(dependencies).flatMap((name) => {
    const folder = join(__dirname, '..', '..', name.replace('@ws/', ''), 'src');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    return files
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => readFileSync(join(folder, file), 'utf8'));
  });
}

test('the environment variables that are read have a row each', () => {
  const read = /(?:process\.env\[|environmentHas\()'(\w+)'/g;
  const names = new Set(Array.from(published().join().matchAll(read), ([, name]) => name));
  const [, section] = README.split('## Environment variables\n');
  const rows = Array.from(section.matchAll(/^\| `(\w+)(?:=\w+)?` /gm), ([, name]) => name);
  expect(rows.toSorted()).toEqual(['NODE_DEBUG', ...names].toSorted());
});
