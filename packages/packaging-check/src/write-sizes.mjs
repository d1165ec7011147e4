/**
 * The command `npm run sizes [-- --check]`: writes the table of sizes in the README anew. With `--check` it only tells, and
 * fails, if a package has become larger or smaller than the table says by more than 5 %.
 */
import { optionsOf } from './options.mjs';
import { publishedPackages } from './repository.mjs';
import { sizesOf, writeSizes, writtenSizes } from './sizes.mjs';

const TOLERANCE = 0.05;

const { check } = optionsOf('sizes', { check: { type: 'boolean', default: false } });

await (check ? checkSizes() : writeSizes());

async function checkSizes() {
  const written = await writtenSizes();
  for (const name of publishedPackages()) {
    const sizes = await sizesOf(name);
    const told = written.get(name) ?? [];
    if (sizes.every((size, index) => Math.abs(size - told[index]) <= TOLERANCE * size)) continue;
    const [now, then] = [sizes, told].map((each) => each.map((size) => size.toFixed(1)).join(', '));
    process.stderr.write(`${name}: ${now} KB, and not ${then}: run \`npm run sizes\`\n`);
    process.exitCode = 1;
  }
}
