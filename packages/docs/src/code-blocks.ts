/** The code of a page: blocks that are written in it, and snippets of files that it shows. */

export interface CodeBlock {
  /** Of its first line of code, from 1. */
  readonly line: number;
  /** What is behind the fence, up to the first blank or bracket; empty if there is nothing. */
  readonly language: string;
  readonly code: string;
}

/** `<<< path#region{language} [title]` */
export interface Snippet {
  /** Relative to the page; from the folder of the pages if it begins with `@/`. */
  readonly path: string;
  /** Undefined: the whole file. */
  readonly region: string | undefined;
}

const FENCE = /^( *)(`{3,})([^\s{[:]*).*\n((?:.*\n)*?)\1\2 *$/gm;
const SNIPPET = /^ *<<< +([^\s#{[]+)(?:#([\w-]+))?/gm;

export function codeBlocksOf(page: string): CodeBlock[] {
  return [...page.matchAll(FENCE)].map((match) => {
    const [, indent = '', , language = '', code = ''] = match;
    return {
      line: page.slice(0, match.index).split('\n').length + 1,
      language,
      code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    };
  });
}

/** Those outside of blocks of code. */
export function snippetsOf(page: string): Snippet[] {
  return [...page.replaceAll(FENCE, '').matchAll(SNIPPET)].map(([, path = '', region]) => ({
    path,
    region,
  }));
}
