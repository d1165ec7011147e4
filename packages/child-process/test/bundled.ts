/** Scripts that a test can start as processes, straight from the sources: no build is needed first. */
import { build } from 'esbuild';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PACKAGES = join(__dirname, '..', '..');
const ALIASES = Object.fromEntries(
  readdirSync(PACKAGES)
    .map((name) => [`@ws/${name}`, join(PACKAGES, name, 'src', 'index.ts')] as const)
    .filter(([, index]) => existsSync(index)),
);

/** Scripts side by side in a folder that is there until it is removed. */
export interface Bundled {
  readonly folder: string;
  remove(): void;
}

/** Bundles each of `sources`; a script's name is that of its source, with `.js`. */
export async function bundled(sources: readonly string[]): Promise<Bundled> {
  const folder = mkdtempSync(join(tmpdir(), 'bundled-'));
  await build({
    entryPoints: [...sources],
    outdir: folder,
    bundle: true,
    platform: 'node',
    target: 'node20',
    alias: ALIASES,
    logLevel: 'error',
  });
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}
