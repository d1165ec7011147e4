import { defineConfig } from 'vitepress';
import type { MarkdownEnv, MarkdownRenderer } from 'vitepress';
import { repositoryLinks } from '../src/link-plugin';
import { PAGES, REPOSITORY } from '../src/repository';
import { SECTIONS } from '../src/sections';
import { sidebar } from '../src/sidebar';
import { slug } from '../src/slug';

/** How much a page of the search counts. It runs in the browser: it can use nothing from outside. */
function weight(path: string): number {
  if (path.includes('/security-tests')) return 0.1;
  if (path.includes('/reference/')) return 0.3;
  if (/\/(?:#.*)?$/.test(path)) return 0.3;
  return path.includes('/how-to/') ? 1.3 : 1;
}

/** What the search finds on a page; in the reference no headings below those of members, such as Returns. */
function searched(source: string, env: MarkdownEnv, md: MarkdownRenderer): string {
  const isReference = env.relativePath.startsWith('reference/');
  return md.render(isReference ? source.replaceAll(/^#{4,} .*$/gm, '') : source, env);
}

export default defineConfig({
  title: 'WebSocket toolkit',
  description: 'WebSockets for Node: every protocol version, the standard API, server and client.',
  srcExclude: ['README.md'],
  cleanUrls: true,
  metaChunk: true,
  ignoreDeadLinks: false,
  markdown: {
    languageAlias: { haproxy: 'nginx', caddyfile: 'nginx' },
    anchor: { slugify: slug },
    config: (md) => repositoryLinks(md as never, REPOSITORY),
  },
  themeConfig: {
    nav: SECTIONS.map(({ folder, title }) => ({
      text: title,
      link: `/${folder}/`,
      activeMatch: `^/${folder}/`,
    })),
    sidebar: sidebar(PAGES) as never,
    outline: [2, 3],
    search: {
      provider: 'local',
      options: { _render: searched, miniSearch: { searchOptions: { boostDocument: weight } } },
    },
  },
});
