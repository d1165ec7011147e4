/** Building what is published. */
import { bundleCode, bundleTypes } from './bundle.mjs';
import { run } from './command.mjs';
import { folderOf, ROOT, toolPath } from './repository.mjs';

/** Builds packages as they are published: their code and their types. */
export async function buildPublished(names) {
  await run(toolPath('tsc'), ['-b', ...names.map(folderOf)], { cwd: ROOT });
  for (const name of names) {
    await bundleCode(name);
    await bundleTypes(name);
  }
}
