/**
 * The frame parser as built, and its vectors, in one file that any runtime can load: an IIFE for a
 * browser's page, an ES module for the others. The result is `{ passed, failures }`.
 */
import { build } from 'esbuild';
import { folderOf } from './repository.mjs';

const ENTRY = `
  import * as frameParser from '@ws/frame-parser';
  import { runVectors } from './test/run-vectors';
  export const result = runVectors(frameParser);
`;

/** Code for a page, which leaves the result in the global `vectors.result`. */
export async function bundleForPage() {
  const { outputFiles } = await bundle({ format: 'iife', globalName: 'vectors', write: false });
  return outputFiles[0].text;
}

/** Writes a module that prints the result as JSON. */
export async function bundleForCommand(outfile) {
  const footer = { js: 'console.log(JSON.stringify(result));' };
  await bundle({ format: 'esm', outfile, footer });
}

function bundle(options) {
  const resolveDir = folderOf('@ws/frame-parser');
  const stdin = { contents: ENTRY, loader: 'ts', resolveDir };
  return build({ stdin, bundle: true, platform: 'browser', logLevel: 'silent', ...options });
}
