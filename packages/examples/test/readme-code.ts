/** What the READMEs show of the examples. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a README has in place of the parameters of an example's function. */
const ARGUMENTS: Record<string, string> = { port: '8080', url: "'ws://localhost:8080/'" };

/**
 * The marked regions of an example, each moved to the left margin.
 *
 * @param example the path in `src`, without its ending
 */
export function readmeCodeOf(example: string): string {
  const source = readFileSync(join(__dirname, '../src', `${example}.ts`), 'utf8');
  const regions = [...source.matchAll(/^( *)\/\/ #region readme\n(.*?)^ *\/\/ #endregion\n/gms)];
  return regions
    .map(([, indent, code]) => code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''))
    .join('')
    .replaceAll(/(?<=\()(?:port|url)\b/g, (name) => ARGUMENTS[name])
    .replaceAll(/(?<=[{,] )port(?= })/g, (name) => `${name}: ${ARGUMENTS[name]}`);
}
