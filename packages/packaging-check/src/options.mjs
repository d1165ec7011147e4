/** The command lines of the checks. What is wrong with one is said in a sentence, before anything starts. */
import { parseArgs } from 'node:util';

const MAJORS = /^\d+(,\d+)*$/;

/**
 * Reads the options of the command `npm run NAME`. For `--help` it prints the usage and ends the process;
 * for what is wrong, a sentence and the usage, with exit code 1.
 *
 * @param {string} name
 * @param {Record<string, { type: 'string' | 'boolean', default: string | boolean }>} options
 */
export function optionsOf(name, options) {
  try {
    const { help, ...values } = read({ ...options, help: { type: 'boolean', default: false } });
    if (!help) return values;
    process.stdout.write(`${usage(name, options)}\n`);
    process.exit(0);
  } catch (error) {
    process.stderr.write(`${error.message}\n${usage(name, options)}\n`);
    process.exit(1);
  }
}

function read(options) {
  const { values } = parseArgs({ options });
  const { nodes = '' } = values;
  if (nodes === '' || MAJORS.test(nodes)) return values;
  throw new RangeError(`--nodes is major versions of Node, such as 22,24,26, and not '${nodes}'.`);
}

function usage(name, options) {
  const each = Object.entries(options).map(([option, { type }]) =>
    type === 'string' ? `[--${option} 22,24,26]` : `[--${option}]`,
  );
  return `Usage: npm run ${name} -- ${each.join(' ')}`;
}
