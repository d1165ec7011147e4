/**
 * The command `npm run bench:runtimes`: installs Bun and Deno where the benches look for them, in
 * node_modules/.cache/runtimes/bin. What cannot be installed is reported, and left out.
 */
import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Report } from './report.mjs';
import { ROOT } from './repository.mjs';
import { installBun, installDeno } from './runtimes.mjs';

const FOLDER = join(ROOT, 'node_modules', '.cache', 'runtimes');
const PROGRAMS = { bun: installBun, deno: installDeno };

const report = new Report({ allowUnavailable: true });
await mkdir(join(FOLDER, 'bin'), { recursive: true });
for (const [name, install] of Object.entries(PROGRAMS)) {
  await report.step(`${name} installed`, async () => {
    const link = join(FOLDER, 'bin', name);
    const path = await install(FOLDER);
    await rm(link, { force: true });
    await symlink(path, link);
    return link;
  });
}
report.conclude();
