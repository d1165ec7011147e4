/** Running programs: what they print comes back, and a failure tells all that they printed. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const MINUTE = 60_000;
const OUTPUT_LIMIT = 2 ** 26;

/**
 * Runs a program to its end.
 *
 * @param {string} file the program
 * @param {string[]} args
 * @param {{ cwd: string, timeout?: number }} options `timeout` in milliseconds; default 5 minutes
 * @returns {Promise<string>} its standard output
 * @throws {Error} it could not be started, failed, or took too long
 */
export async function run(file, args, { cwd, timeout = 5 * MINUTE }) {
  try {
    const options = { cwd, timeout, maxBuffer: OUTPUT_LIMIT };
    return (await promisify(execFile)(file, args, options)).stdout;
  } catch (error) {
    const { code, killed, stdout = '', stderr = '' } = error;
    const end = killed ? `was stopped after ${timeout / 1000} s` : `ended with ${code}`;
    throw new Error(`${[file, ...args].join(' ')} ${end}\n${stdout}${stderr}`, { cause: error });
  }
}
