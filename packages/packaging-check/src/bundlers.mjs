/** The bundlers that servers are built with, each as its users set it up for Node. */
import { dirname, basename } from 'node:path';
import { promisify } from 'node:util';
import commonjs from '@rollup/plugin-commonjs';
import nodeResolve from '@rollup/plugin-node-resolve';
import { build } from 'esbuild';
import { rollup } from 'rollup';
import webpack from 'webpack';

/** An ES module has no `require`, by which esbuild lets CommonJS load Node's own modules. */
const REQUIRE =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/**
 * By its name, how to make one file of a program and all that it imports, and which extension the file needs.
 *
 * @type {Record<string, { extension: string, bundle(input: string, output: string): Promise<unknown> }>}
 */
export const BUNDLERS = {
  'esbuild, CommonJS': {
    extension: 'cjs',
    bundle: (input, output) => bundleByEsbuild(input, output, { format: 'cjs' }),
  },
  'esbuild, minified': {
    extension: 'cjs',
    bundle: (input, output) => bundleByEsbuild(input, output, { format: 'cjs', minify: true }),
  },
  'esbuild, ES module': {
    extension: 'mjs',
    bundle: (input, output) =>
      bundleByEsbuild(input, output, { format: 'esm', banner: { js: REQUIRE } }),
  },
  rollup: { extension: 'mjs', bundle: bundleByRollup },
  webpack: { extension: 'cjs', bundle: bundleByWebpack },
};

function bundleByEsbuild(input, output, options) {
  const common = { bundle: true, platform: 'node', target: 'node20', logLevel: 'silent' };
  return build({ entryPoints: [input], outfile: output, ...common, ...options });
}

async function bundleByRollup(input, output) {
  const plugins = [nodeResolve({ exportConditions: ['node'] }), commonjs()];
  const bundle = await rollup({ input, plugins, external: /^node:/ });
  await bundle.write({ file: output, format: 'es' });
  await bundle.close();
}

async function bundleByWebpack(input, output) {
  const stats = await promisify(webpack)({
    mode: 'production',
    target: 'node20',
    entry: input,
    output: { path: dirname(output), filename: basename(output) },
  });
  if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString());
}
