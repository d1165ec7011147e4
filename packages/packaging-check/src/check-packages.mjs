/**
 * The command `npm run check:packages [-- --nodes 22,24,26]`: packs every published package, judges
 * the tarballs, and uses them as their users would, on this Node and on those named.
 */
import { checkFrameParser, checkUmbrella } from './consumers.mjs';
import { optionsOf } from './options.mjs';
import { installNodes } from './runtimes.mjs';
import { Report } from './report.mjs';
import { buildPublished } from './repository-build.mjs';
import { pack, publishedPackages } from './repository.mjs';
import { withScratchFolder } from './scratch.mjs';
import { checkContents, checkManifest, checkTypes } from './tarball.mjs';
import { checkUnbuilt } from './unbuilt.mjs';

const { nodes: majors } = optionsOf('check:packages', { nodes: { type: 'string', default: '' } });

await withScratchFolder(async (scratch) => {
  const report = new Report();
  const names = publishedPackages();
  await buildPublished(names);
  const tarballs = await pack(names, scratch);
  for (const tarball of tarballs) await checkTarball(report, tarball);
  const nodes = await installNodes(report, scratch, majors);
  await checkFrameParser(report, scratch, tarballs, nodes);
  await checkUmbrella(report, scratch, tarballs, nodes);
  await checkUnbuilt(report, scratch);
  report.conclude();
});

async function checkTarball(report, tarball) {
  await report.step(`${tarball.name}, contents`, () => checkContents(tarball));
  await report.step(`${tarball.name}, publint`, () => checkManifest(tarball));
  await report.step(`${tarball.name}, attw`, () => checkTypes(tarball));
}
