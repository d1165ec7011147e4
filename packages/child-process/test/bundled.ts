/** Scripts that a test can start as processes, straight from the sources: no build is needed first. */
import { build } from 'esbuild';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGES = join(__dirname, '..', '..');
/** From here Node finds the packages that are not in the bundle. */
const CACHE = join(PACKAGES, '..', 'node_modules', '.cache');
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

/** Bundles each of `sources`, without the packages `external`; a script's name is that of its source, with `.js`. */
export async function bundled(
  sources: readonly string[],
  external: readonly string[] = [],
): Promise<Bundled> {
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(join(CACHE, 'bundled-'));
  await build({
    entryPoints: [...sources],
    outdir: folder,
    bundle: true,
    platform: 'node',
    target: 'node20',
    alias: ALIASES,
    external: [...external],
    logLevel: 'error',
  });
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}
