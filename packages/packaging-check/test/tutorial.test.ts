/** The tutorial works from its first line to its last, in an empty folder with the packed packages. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const WALK = join(__dirname, '..', 'src', 'walk-tutorial.mjs');

test.each(['chat.md', 'chat-typescript.md'])(
  '%s',
  async (page) => {
    const { stdout } = await promisify(execFile)(process.execPath, [WALK, page]);
    expect(stdout).toMatch(/server\.mjs: Open http:/);
  },
  300_000,
);
