/** `npm run example -- NAME`: runs one of the examples; without a name it lists them. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const EXAMPLES = readdirSync(__dirname).filter((name) =>
  existsSync(join(__dirname, name, 'main.js')),
);

const name = process.argv[2];

if (name !== undefined && EXAMPLES.includes(name)) {
  void import(pathToFileURL(join(__dirname, name, 'main.js')).href);
} else {
  const problem =
    name === undefined ? 'Which one?' : `There is no example ${JSON.stringify(name)}.`;
  console.error([problem, ...EXAMPLES.map((each) => `  npm run example -- ${each}`)].join('\n'));
  process.exitCode = 1;
}
