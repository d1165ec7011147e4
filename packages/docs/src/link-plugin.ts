/** A plugin of markdown-it: links to files of the repository lead to where they are on the site. */
import type { Repository } from './repository-links';
import { siteLink } from './repository-links';

interface Token {
  type: string;
  readonly children: Token[] | null;
  attrGet(name: string): string | null;
  attrSet(name: string, value: string): void;
}

interface CoreState {
  readonly tokens: Token[];
  readonly env: { readonly realPath?: string; readonly path: string };
}

interface MarkdownIt {
  readonly core: { readonly ruler: { push(name: string, rule: (state: CoreState) => void): void } };
}

/** @throws {Error} from the rule, for a link to a file that does not exist */
export function repositoryLinks(md: MarkdownIt, repository: Repository): void {
  md.core.ruler.push('repository-links', ({ tokens, env }) => {
    const file = env.realPath ?? env.path;
    for (const { children } of tokens) relink(children ?? [], repository, file);
  });
}

function relink(tokens: readonly Token[], repository: Repository, file: string): void {
  let kept = true;
  for (const token of tokens) {
    if (token.type === 'link_open') {
      const link = siteLink(repository, file, token.attrGet('href') ?? '');
      kept = link !== undefined;
      if (kept) token.attrSet('href', link!);
    }
    if (!kept && /^link_/.test(token.type)) token.type = 'text';
  }
}
