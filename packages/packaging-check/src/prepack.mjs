/**
 * What `npm pack` and `npm publish` run first in the folder of each package: they take what is built of the sources of
 * now, or nothing.
 */
import { basename } from 'node:path';

const name = `@ws/${basename(process.cwd())}`;

try {
  const { buildPublished } = await import('./repository-build.mjs');
  await buildPublished([name]);
} catch (error) {
  console.error(
    `${name} cannot be built, so it is not packed. Has \`npm ci\` run?\n${error.message}`,
  );
  process.exitCode = 1;
}
