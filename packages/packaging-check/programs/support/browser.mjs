/** A page in a Chromium of this machine, without a window and without anything from the network. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * The path in CHROMIUM_PATH, else that of a Chromium or Chrome in PATH. Without one the program ends:
 * well, unless REQUIRE_BROWSER=1 demands one.
 */
export function findBrowser() {
  const { CHROMIUM_PATH = '', PATH = '', REQUIRE_BROWSER } = process.env;
  const inPath = PATH.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const found = [CHROMIUM_PATH, ...inPath].find(isExecutable);
  if (found !== undefined) return found;
  console.warn('No Chromium or Chrome was found on the PATH or in CHROMIUM_PATH.');
  process.exit(REQUIRE_BROWSER === '1' ? 1 : 0);
}

/** Opens a page; gives a function that ends the browser. */
export async function openPage(browser, url) {
  const profile = await mkdtemp(join(tmpdir(), 'page-'));
  const args = [...FLAGS, '--remote-debugging-port=0', `--user-data-dir=${profile}`, url];
  const running = spawn(browser, args, { stdio: 'ignore' });
  const gone = once(running, 'exit');
  return async () => {
    running.kill();
    await gone;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
}

function isExecutable(path) {
  if (path === '') return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
