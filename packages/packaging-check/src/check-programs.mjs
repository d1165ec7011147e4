/**
 * The command `npm run check:programs [-- --nodes 22,24,26]`: runs programs of npm that were written
 * for faye-websocket on the packed umbrella, on this Node and on those named; with `--webpack`
 * webpack-dev-server 3 instead. With `--lock` it writes their lock anew, and runs nothing.
 */
import { join } from 'node:path';
import { mkdir } from 'node:fs/promises';
import { optionsOf } from './options.mjs';
import {
  installProject,
  lockProject,
  PROGRAMS,
  runScript,
  scriptsOf,
  WEBPACK_DEV_SERVER,
} from './programs.mjs';
import { Report } from './report.mjs';
import { installNodes } from './runtimes.mjs';
import { withScratchFolder } from './scratch.mjs';

const values = optionsOf('check:programs', {
  nodes: { type: 'string', default: '' },
  webpack: { type: 'boolean', default: false },
  lock: { type: 'boolean', default: false },
});
const project = values.webpack ? WEBPACK_DEV_SERVER : PROGRAMS;

await withScratchFolder(async (scratch) => {
  const folder = join(scratch, 'programs');
  await mkdir(folder);
  await (values.lock ? lockProject(project, folder) : check(scratch, folder));
});

async function check(scratch, folder) {
  const report = new Report();
  const nodes = await installNodes(report, scratch, values.nodes);
  const installed = await report.step('programs installed', () => installProject(project, folder));
  if (installed) await checkScripts(report, folder, nodes);
  report.conclude();
}

async function checkScripts(report, folder, nodes) {
  for (const node of nodes) {
    for (const script of await scriptsOf(project)) {
      await report.step(`${script} on Node ${node.version}`, () => runScript(node, folder, script));
    }
  }
}
