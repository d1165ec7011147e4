/** What a package passes on from other packages is listed with its own: classes under Classes, and so on. */
import { ReflectionGroup, ReflectionKind } from 'typedoc';
import type { DeclarationReflection } from 'typedoc';

type Child = ReflectionGroup['children'][number];

/** The order of the groups of a page. */
const ORDER = [
  ReflectionKind.Class,
  ReflectionKind.Function,
  ReflectionKind.Variable,
  ReflectionKind.Interface,
  ReflectionKind.TypeAlias,
];

/**
 * Puts what each reference leads to in the place of the reference, and groups all by kind. A reference that renames
 * stays one.
 */
export function groupByKind(entry: DeclarationReflection): void {
  const children = (entry.groups ?? []).flatMap((group) => group.children).map(target);
  const kinds = new Set([...ORDER, ...children.map(({ kind }) => kind)]);
  const groups = [...kinds].map((kind) => groupOf(entry, kind, children));
  entry.groups = groups.filter((group) => group.children.length > 0);
}

function target(child: Child): Child {
  if (!child.isReference()) return child;
  const found = child.getTargetReflectionDeep();
  return found.isDeclaration() && found.name === child.name ? found : child;
}

function groupOf(
  entry: DeclarationReflection,
  kind: ReflectionKind,
  children: readonly Child[],
): ReflectionGroup {
  const group = new ReflectionGroup(ReflectionKind.pluralString(kind), entry);
  group.children = children
    .filter((child) => child.kind === kind)
    .sort((one, other) => one.name.localeCompare(other.name));
  return group;
}
