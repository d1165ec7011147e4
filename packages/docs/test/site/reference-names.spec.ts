/** The reference names no type of this repository that has no page: its readers could not look it up. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { publishedPackages } from '../../src/packages';
import { PACKAGES, PAGES } from '../../src/repository';

const REFERENCE = join(PAGES, 'reference');

const DECLARATION =
  /^(?:export )?(?:declare )?(?:abstract )?(?:type|interface|class|const) (\w+)/gm;

/** What the sources of the published packages declare, exported or not. */
const DECLARED = new Set(
  publishedPackages(PACKAGES).flatMap(({ folder }) =>
    filesIn(join(PACKAGES, folder, 'src'), /(?<!\.test)\.ts$/).flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(DECLARATION)].map(([, name]) => name),
    ),
  ),
);

const PAGES_OF_TYPES = filesIn(REFERENCE, /\/[a-z-]+\/(?!index)\w+\.md$/);

function filesIn(folder: string, pattern: RegExp): string[] {
  return readdirSync(folder, { encoding: 'utf8', recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => pattern.test(path));
}

/** A line that is a type and nothing else: code, links and what is between them. */
const TYPE_LINE =
  /^(?:`[^`]+`|\[[^\]]*\]\([^)]*\)|\b(?:keyof|typeof|extends|infer|is|readonly|new)\b|[^\w`])+$/;

/** The names in the signatures and types of a page that lead nowhere. */
function namesWithoutLink(page: string): string[] {
  return page
    .split('\n')
    .filter((line) => line.startsWith('> ') || TYPE_LINE.test(line))
    .flatMap((line) => [...line.matchAll(/(?<!\[)`(\w+)(?:\.\w+)?`(?!\])/g)])
    .map(([, name]) => name);
}

/** Whether a page is about the name, or has a heading for it: a type parameter, say. */
function isOwn(name: string, path: string, page: string): boolean {
  return name === basename(path, '.md') || new RegExp(`^#+ ${name}$`, 'm').test(page);
}

/** Classes under a second name show their first one in their constructor. */
const RENAMED = new Map([
  ['ListenerTarget', 'SocketEventEmitter'],
  ['TargetErrorEvent', 'ErrorEvent'],
  ['TargetEvent', 'SocketEvent'],
  ['WebSocketStreamError', 'WebSocketError'],
]);

/** Node's TLS has a type of the same name as ours. */
const NODES = new Set(['ConnectionOptions']);

test('no page of the reference names a type that has none', () => {
  expect(PAGES_OF_TYPES.length).toBeGreaterThan(200);
  const found = PAGES_OF_TYPES.flatMap((path) => {
    const page = readFileSync(path, 'utf8');
    const names = new Set(namesWithoutLink(page));
    names.delete(RENAMED.get(basename(path, '.md')) ?? '');
    return [...names]
      .filter((name) => DECLARED.has(name) && !NODES.has(name) && !isOwn(name, path, page))
      .map((name) => `${path.slice(REFERENCE.length + 1)}: ${name}`);
  });
  expect(found).toEqual([]);
});
