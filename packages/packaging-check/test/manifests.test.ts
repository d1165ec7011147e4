/** What the package.json of each published package says of it, by which the registry shows it and follows its links. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..', '..');
const PACKAGES = join(ROOT, 'packages');

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly description: string;
  readonly author: string;
  readonly keywords: readonly string[];
  readonly homepage: string;
  readonly bugs: string;
  readonly repository: { readonly type: string; readonly url: string; readonly directory?: string };
  readonly files: readonly string[];
  readonly scripts: Record<string, string>;
}

function manifestIn(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

const root = manifestIn(ROOT);
const published = readdirSync(PACKAGES)
  .filter((folder) => existsSync(join(PACKAGES, folder, 'package.json')))
  .filter((folder) => manifestIn(join(PACKAGES, folder)).private !== true);

describe.each(published)('%s', (folder) => {
  const manifest = manifestIn(join(PACKAGES, folder));

  test('names the repository, its own folder there, and where mistakes are reported, as the root does', () => {
    const address = root.homepage.replace(/#readme$/, '');
    expect(manifest.repository).toEqual({ ...root.repository, directory: `packages/${folder}` });
    expect(manifest.homepage).toBe(`${address}/tree/main/packages/${folder}#readme`);
    expect(manifest.bugs).toBe(root.bugs);
    expect(manifest.author).toBe(root.author);
  });

  test('says what it is', () => {
    expect(manifest.description).toMatch(/\.$/);
    expect(manifest.keywords).toContain('websocket');
    expect(new Set(manifest.keywords).size).toBe(manifest.keywords.length);
  });

  test('is built before it is packed', () => {
    expect(manifest.scripts['prepack']).toBe('node ../packaging-check/src/prepack.mjs');
    expect(manifest.files).toEqual(['dist', '!**/*.map']);
  });
});
