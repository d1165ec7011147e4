/** Cycles in the imports of a package: of values and of types, `export … from` and `import()` too. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** The files that a file imports by relative specifiers. */
export function filesImportedBy(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'), true, true);
  return importedFiles
    .map(({ fileName }) => fileName)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => resolved(join(dirname(file), specifier)));
}

function resolved(path: string): string {
  const found = [path, `${path}.ts`, join(path, 'index.ts')].find((candidate) =>
    /\.\w+$/.test(candidate) ? existsSync(candidate) : false,
  );
  if (found === undefined) throw new Error(`${path} is imported, and not there`);
  return found;
}

/**
 * The cycles among `nodes`: a shortest one of each group of which every node can be reached from every
 * other.
 */
export function cyclesAmong<Node>(
  nodes: readonly Node[],
  next: (node: Node) => readonly Node[],
): Node[][] {
  const seen = new Set<Node>();
  const cycles: Node[][] = [];
  for (const node of nodes) {
    if (seen.has(node)) continue;
    const cycle = shortestWay(node, node, next);
    if (cycle === null) continue;
    cycles.push(cycle);
    for (const other of nodes) {
      if (shortestWay(node, other, next) && shortestWay(other, node, next)) seen.add(other);
    }
  }
  return cycles;
}

/** From a node to another by at least one step, by breadth first; null if there is none. */
function shortestWay<Node>(
  from: Node,
  to: Node,
  next: (node: Node) => readonly Node[],
): Node[] | null {
  const before = new Map<Node, Node>();
  for (const queue = [from]; queue.length > 0;) {
    const node = queue.shift() as Node;
    for (const following of next(node)) {
      if (before.has(following)) continue;
      before.set(following, node);
      if (following === to) return wayBack(before, from, to);
      queue.push(following);
    }
  }
  return null;
}

function wayBack<Node>(before: ReadonlyMap<Node, Node>, from: Node, to: Node): Node[] {
  const way = [to];
  for (let node = before.get(to) as Node; node !== from; node = before.get(node) as Node) {
    way.unshift(node);
  }
  return [from, ...way];
}
