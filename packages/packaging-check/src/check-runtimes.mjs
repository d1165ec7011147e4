/**
 * The command `npm run check:runtimes [-- --allow-missing]`: runs the frame parser's vectors in a
 * browser, in Bun and in Deno, which must pass as many as Node does; in Bun and Deno also loads the
 * package as npm installs it, and runs the umbrella as server and client.
 */
import { join } from 'node:path';
import { evaluateInChromium } from './chromium.mjs';
import { run } from './command.mjs';
import { CONSUMERS } from './consumers.mjs';
import { writeIdentity } from './identity.mjs';
import { optionsOf } from './options.mjs';
import { Report } from './report.mjs';
import { buildPublished } from './repository-build.mjs';
import { pack, publishedPackages } from './repository.mjs';
import { findChromium, installBun, installDeno } from './runtimes.mjs';
import { createProject, withScratchFolder } from './scratch.mjs';
import { bundleForCommand, bundleForPage } from './vectors-bundle.mjs';

const FRAME_PARSER = '@ws/frame-parser';
const FAILURES_SHOWN = 20;
const PROGRAM_TIMEOUT = 60_000;

const values = optionsOf('check:runtimes', {
  'allow-missing': { type: 'boolean', default: false },
});
const report = new Report({ allowUnavailable: values['allow-missing'] });

await withScratchFolder(async (scratch) => {
  await buildPublished(publishedPackages());
  const projects = {
    frameParser: await createFrameParserProject(scratch),
    umbrella: await createUmbrellaProject(scratch),
  };
  const expected = await checkNode(projects);
  await checkChromium(expected);
  const bun = () => installBun(scratch);
  await checkCommand('Bun', bun, ['--no-install'], projects, expected);
  const deno = () => installDeno(scratch);
  const args = ['run', '--no-remote', '--allow-read=.', '--allow-net=localhost,127.0.0.1'];
  await checkCommand('Deno', deno, args, projects, expected);
});
report.conclude();

/** A project that has installed the package, the programs that use it, and the bundle of vectors. */
async function createFrameParserProject(scratch) {
  const [tarball] = await pack([FRAME_PARSER], scratch);
  const project = join(scratch, 'project');
  await createProject(project, join(CONSUMERS, 'frame-parser'), [tarball.path]);
  await bundleForCommand(join(project, 'vectors.mjs'));
  return project;
}

/** A project that has installed everything, the programs, and a certificate for them. */
async function createUmbrellaProject(scratch) {
  const tarballs = await pack(publishedPackages(), scratch);
  const project = join(scratch, 'umbrella');
  const paths = tarballs.map(({ path }) => path);
  await createProject(project, join(CONSUMERS, 'runtimes'), paths);
  await writeIdentity(project);
  return project;
}

/** Node's result, which has to be the others'. */
async function checkNode({ frameParser, umbrella }) {
  const name = `Node ${process.versions.node}`;
  const result = JSON.parse(await runProgram(process.execPath, ['vectors.mjs'], frameParser));
  await report.step(`${name}, vectors`, () => judge(result, result));
  await checkBothEnds(name, process.execPath, [], umbrella);
  return result;
}

async function checkChromium(expected) {
  await report.step('Chromium, vectors', async () => {
    const page = await bundleForPage();
    const { version, value } = await evaluateInChromium(findChromium(), page, 'vectors.result');
    return `${judge(value, expected)} (${version})`;
  });
}

async function checkCommand(name, install, args, { frameParser, umbrella }, expected) {
  let path = '';
  const installed = await report.step(`${name} installed`, async () => {
    path = await install();
    return (await runProgram(path, ['--version'], frameParser)).split('\n')[0];
  });
  if (!installed) return;
  await report.step(`${name}, vectors`, async () =>
    judge(JSON.parse(await runProgram(path, [...args, 'vectors.mjs'], frameParser)), expected),
  );
  for (const program of ['commonjs.cjs', 'module.mjs']) {
    await report.step(`${name}, ${FRAME_PARSER} from npm, ${program}`, async () => {
      await runProgram(path, [...args, program], frameParser);
    });
  }
  await checkBothEnds(name, path, args, umbrella);
}

async function checkBothEnds(name, path, args, project) {
  await report.step(`${name}, @ws/websocket from npm, as server and client`, async () => {
    const result = JSON.parse(await runProgram(path, [...args, 'both-ends.mjs'], project));
    return judge(result, result);
  });
}

function runProgram(path, args, project) {
  return run(path, args, { cwd: project, timeout: PROGRAM_TIMEOUT });
}

function judge({ passed, failures }, expected) {
  const counts = `${passed} passed, ${failures.length} failed`;
  if (failures.length > 0) {
    throw new Error([counts, ...failures.slice(0, FAILURES_SHOWN)].join('\n'));
  }
  if (passed === 0 || passed !== expected.passed) {
    throw new Error(`${counts}, where Node passes ${expected.passed}`);
  }
  return counts;
}
