import { join } from 'node:path';
import { defineConfig } from 'vitepress';
import { SECTIONS } from '../src/sections';
import { sidebar } from '../src/sidebar';

const ROOT = join(__dirname, '..');

export default defineConfig({
  title: 'WebSocket toolkit',
  description: 'WebSockets for Node: every protocol version, the standard API, server and client.',
  srcExclude: ['README.md'],
  cleanUrls: true,
  ignoreDeadLinks: false,
  themeConfig: {
    nav: SECTIONS.map(({ folder, title }) => ({
      text: title,
      link: `/${folder}/`,
      activeMatch: `^/${folder}/`,
    })),
    sidebar: sidebar(ROOT) as never,
    outline: [2, 3],
    search: { provider: 'local' },
  },
});
