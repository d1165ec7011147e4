/** For rollup: reads the TypeScript of a package. What types it has is left to tsc. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { transform } from 'esbuild';

const OPTIONS = {
  loader: 'ts',
  target: 'node20.19',
  // not by the repository's own, whose paths lead to the sources of other packages
  tsconfigRaw: { compilerOptions: { target: 'es2023', strict: true } },
  sourcemap: 'external',
};

export const sources = {
  name: 'typescript',
  resolveId(specifier, importer) {
    if (importer === undefined || !specifier.startsWith('.')) return null;
    const path = resolve(dirname(importer), specifier);
    return [`${path}.ts`, join(path, 'index.ts')].find(existsSync) ?? null;
  },
  async load(path) {
    const source = await readFile(path, 'utf8');
    // rollup writes it as `module.exports = ` again
    const asModule = source.replace(/^export = /m, 'export default ');
    return transform(asModule, { ...OPTIONS, sourcefile: path });
  },
};
