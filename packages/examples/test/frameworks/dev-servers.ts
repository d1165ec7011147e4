/** Dev servers of frameworks, each in a process of its own, and pages of theirs in a real browser. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Client } from '@ws/websocket';
import type { Browser, Page } from 'playwright-core';
import { Child } from '../../../child-process/src';
import { bundled } from '../../../child-process/test/bundled';
import type { Bundled } from '../../../child-process/test/bundled';
import { releaseLater } from '../../../websocket/test/support/release';
import { findBrowser, launch } from '../browser';
import { PATIENCE } from '../browser-page';

export interface DevServerCalls {
  /** Serves a folder, which becomes the working directory; gives the port. */
  start(folder: string, kind: string): Promise<number>;
}

export interface DevServer {
  readonly folder: string;
  readonly port: number;
}

export interface DevServers {
  /** Serves these files until the test is over. */
  readonly serve: (files: Readonly<Record<string, string>>, kind?: string) => Promise<DevServer>;
  readonly openPage: (port: number) => Promise<Page>;
}

/** In the repository, where its packages are found, and where neither Git nor linters look. */
const FOLDERS = join(__dirname, '../../lib/dev-servers');

/** For the tests of this file: servers by a script, in which these packages are not bundled. */
export function devServers(script: string, external: readonly string[]): DevServers {
  let scripts: Bundled;
  let browser: Browser | undefined;

  beforeAll(async () => {
    scripts = await bundled([join(__dirname, `${script}.ts`)], external);
    const path = findBrowser();
    if (path !== undefined) browser = await launch(path);
  }, PATIENCE);

  afterAll(async () => {
    await browser?.close();
    scripts.remove();
  }, PATIENCE);

  return {
    serve: async (files, kind = '') => {
      const folder = folderWith(files);
      const child = new Child<DevServerCalls>(script, join(scripts.folder, `${script}.js`));
      releaseLater(() => child.stop());
      return { folder, port: await child.ask('start', folder, kind) };
    },

    openPage: async (port) => {
      const page = await browser!.newPage();
      releaseLater(() => page.close());
      await page.goto(`http://localhost:${port}/`);
      return page;
    },
  };
}

function folderWith(files: Readonly<Record<string, string>>): string {
  mkdirSync(FOLDERS, { recursive: true });
  const folder = mkdtempSync(join(FOLDERS, 'pages-'));
  releaseLater(() => rmSync(folder, { recursive: true }));
  const all = { 'package.json': '{ "private": true }', ...files };
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** Resolves when an element has this text. */
export async function shown(page: Page, selector: string, text: string): Promise<void> {
  await page.locator(selector, { hasText: text }).first().waitFor();
}

export function dial(port: number, path: string, protocols: string[] = []): Client {
  const ws = new Client(`ws://127.0.0.1:${port}${path}`, protocols);
  releaseLater(() => ws.terminate());
  return ws;
}

/** Changes the module that has the page's text: the text is replaced, the page and its chat stay what they were. */
export async function expectReplacement(page: Page, folder: string): Promise<void> {
  await shown(page, '#text', 'before');
  await shown(page, 'li', 'opened');
  await page.evaluate(`window.isSame = true`);
  writeFileSync(join(folder, 'text.js'), `export const text = 'after';`);
  await shown(page, '#text', 'after');
  await page.evaluate(`ws.send('still open')`);
  await shown(page, 'li', 'still open');
  expect(await page.evaluate(`isSame`)).toBe(true);
}
