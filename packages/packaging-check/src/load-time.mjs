import { run } from './command.mjs';

const PROCESSES = 15;
const PROGRAM = `
  const start = performance.now();
  require(process.argv[1]);
  process.stdout.write(String(performance.now() - start));`;

/**
 * How long packages take to load, each in fresh processes, by turns.
 *
 * @param {string} node the path of a Node
 * @param {Record<string, string>} folders where each package is looked for
 * @returns {Promise<string>} the median of each, in milliseconds
 */
export async function loadTimes(node, folders) {
  const times = Object.fromEntries(Object.keys(folders).map((name) => [name, []]));
  for (let process = 0; process < PROCESSES; process++) {
    for (const [name, cwd] of Object.entries(folders)) {
      times[name].push(Number(await run(node, ['--eval', PROGRAM, name], { cwd })));
    }
  }
  return Object.entries(times)
    .map(([name, each]) => `${name} ${medianOf(each).toFixed(1)} ms`)
    .join(', ');
}

function medianOf(numbers) {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];
}
