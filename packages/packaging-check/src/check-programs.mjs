/**
 * The command `npm run check:programs [-- --nodes 22,24,26]`: runs programs of npm that were written
 * for faye-websocket on the packed umbrella, on this Node and on those named. With `--lock` it
 * writes their lock anew instead.
 */
import { join } from 'node:path';
import { mkdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { installPrograms, lockPrograms, runScript, scripts } from './programs.mjs';
import { Report } from './report.mjs';
import { installNodes } from './runtimes.mjs';
import { withScratchFolder } from './scratch.mjs';

const { values } = parseArgs({
  options: {
    nodes: { type: 'string', default: '' },
    lock: { type: 'boolean', default: false },
  },
});

await withScratchFolder(async (scratch) => {
  const folder = join(scratch, 'programs');
  await mkdir(folder);
  await (values.lock ? lockPrograms(folder) : check(scratch, folder));
});

async function check(scratch, folder) {
  const report = new Report();
  const nodes = await installNodes(report, scratch, values.nodes);
  const installed = await report.step('programs installed', () => installPrograms(folder));
  if (installed) await checkScripts(report, folder, nodes);
  report.conclude();
}

async function checkScripts(report, folder, nodes) {
  for (const node of nodes) {
    for (const script of await scripts()) {
      await report.step(`${script} on Node ${node.version}`, () => runScript(node, folder, script));
    }
  }
}
