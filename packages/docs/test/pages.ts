/** The pages that people write: all but the reference. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { PACKAGES, PAGES } from '../src/repository';
import { SECTIONS } from '../src/sections';
import { codeBlocksOf, snippetsOf } from '../src/code-blocks';
import type { CodeBlock, Snippet } from '../src/code-blocks';

export interface Page {
  /** From the folder of the pages. */
  readonly name: string;
  readonly path: string;
  readonly text: string;
}

/** `name` of a page and line of a block, for messages. */
export interface PageBlock extends CodeBlock {
  readonly place: string;
}

export interface PageSnippet extends Snippet {
  readonly place: string;
  readonly file: string;
}

export const WRITTEN: readonly Page[] = ['index.md', ...SECTIONS.flatMap(namesIn)].map((name) => {
  const path = join(PAGES, name);
  return { name, path, text: readFileSync(path, 'utf8') };
});

function namesIn({ folder }: { folder: string }): string[] {
  if (folder === 'reference') return [];
  return readdirSync(join(PAGES, folder), { encoding: 'utf8', recursive: true })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`);
}

export const BLOCKS: readonly PageBlock[] = WRITTEN.flatMap(({ name, text }) =>
  codeBlocksOf(text).map((block) => ({ ...block, place: `${name}:${block.line}` })),
);

export const SNIPPETS: readonly PageSnippet[] = WRITTEN.flatMap(({ name, path, text }) =>
  snippetsOf(text).map((snippet) => ({
    ...snippet,
    place: `${name} ${snippet.path}`,
    file: snippet.path.startsWith('@/')
      ? join(PAGES, snippet.path.slice(2))
      : resolve(dirname(path), snippet.path),
  })),
);

/** The sources of all tests, and of what they use. */
export function testSources(): string[] {
  return readdirSync(PACKAGES)
    .flatMap((name) => [
      ...filesIn(join(PACKAGES, name, 'test')),
      ...filesIn(join(PACKAGES, name, 'src')),
    ])
    .filter((path) => /\/test\/.*\.[cm]?[tj]s$|\.test\.[cm]?[tj]s$/.test(path))
    .map((path) => readFileSync(path, 'utf8'));
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { encoding: 'utf8', recursive: true });
  return names.map((name) => join(folder, name));
}
