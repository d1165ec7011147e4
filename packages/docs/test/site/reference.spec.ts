/** The reference lists every class that a package exports under Classes, with its own page. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publishedPackages } from '../../src/packages';
import { PACKAGES, PAGES } from '../../src/repository';

const ENTRIES = publishedPackages(PACKAGES).map(({ name }) => name);

const LINK = String.raw`\[\w+\]\((?:\.\./)*(?:[\w-]+/)?classes/`;

/** The classes on the page of an entry point: those under Classes, and those of another package that have a new name. */
function listed(entry: string): string[] {
  const page = readFileSync(join(PAGES, entry.replace('@ws', 'reference'), 'index.md'), 'utf8');
  const [, section = ''] = /.*\n## Classes\n(.*?)(?:\n## |$)/s.exec(page) ?? [];
  const own = section.matchAll(new RegExp(`^- (?=${LINK})\\[(\\w+)`, 'gm'));
  const renamed = page.matchAll(new RegExp(`^### (\\w+)\n\nRenames and re-exports ${LINK}`, 'gm'));
  return [...own, ...renamed].map(([, name]) => name);
}

/** A class's `prototype` cannot be replaced, that of a function can. */
function isClass(value: unknown): boolean {
  const own = typeof value === 'function' && Object.getOwnPropertyDescriptor(value, 'prototype');
  return own !== false && own?.writable === false;
}

/** The names of each class that an entry point exports; some have two. */
function classesOf(entry: string): string[][] {
  const exported: object = jest.requireActual(entry);
  const names = new Map<unknown, string[]>();
  for (const [name, value] of Object.entries(exported)) {
    if (isClass(value)) names.set(value, [...(names.get(value) ?? []), name]);
  }
  return [...names.values()];
}

test.each([...ENTRIES, '@ws/websocket/stream'])('%s lists its classes as such', (entry) => {
  const found = listed(entry);
  const missing = classesOf(entry).filter((names) => !names.some((name) => found.includes(name)));
  expect(missing).toEqual([]);
});

test('the umbrella lists the classes that people use, those of its events too', () => {
  expect(listed('@ws/websocket')).toEqual(
    expect.arrayContaining(
      ['WebSocket', 'WebSocketServer', 'Client', 'EventSource', 'ServerSocket'].concat(
        ['CloseEvent', 'MessageEvent', 'ErrorEvent', 'ControlEvent'],
        ['ConnectError', 'ConnectionError', 'HandshakeError', 'ProtocolError', 'RefusedError'],
      ),
    ),
  );
});

test('every package exports a class, but one', () => {
  const without = ENTRIES.filter((entry) => classesOf(entry).length === 0);
  expect(without).toEqual(['@ws/permessage-deflate']);
});
