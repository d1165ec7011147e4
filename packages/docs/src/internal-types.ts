/**
 * What has no page is not named in the reference: a type alias whose definition needs such a type has no definition
 * there, what extends or inherits from one does not say so, and a default that is an internal constant is left open.
 */
import { makeRecursiveVisitor, ReflectionKind, UnknownType } from 'typedoc';
import type {
  DeclarationReflection,
  ParameterReflection,
  ProjectReflection,
  ReferenceType,
  SignatureReflection,
  SomeType,
} from 'typedoc';

const EXPORTS = [ReflectionKind.Variable, ReflectionKind.Class, ReflectionKind.Function];

export function hideInternalTypes(project: ProjectReflection): void {
  const exports = EXPORTS.flatMap((kind) => project.getReflectionsByKind(kind));
  const exported = new Set(exports.map(({ name }) => name));
  for (const reflection of Object.values(project.reflections)) {
    if (reflection.isDeclaration()) hideIn(reflection);
    if (reflection.isDeclaration() || reflection.isSignature()) hideOrigin(reflection);
    if (reflection.isDeclaration() || reflection.isParameter()) hideDefault(reflection, exported);
  }
}

function hideIn(declaration: DeclarationReflection): void {
  const { kind, type, extendedTypes, implementedTypes } = declaration;
  if (kind === ReflectionKind.TypeAlias && type !== undefined && namesInternal(type)) {
    declaration.type = new UnknownType('…');
  }
  if (implementedTypes) declaration.implementedTypes = implementedTypes.filter(isPublic);
  if (extendedTypes) hideParents(declaration, extendedTypes.filter(isPublic));
}

function hideParents(declaration: DeclarationReflection, parents: SomeType[]): void {
  declaration.extendedTypes = parents;
  // The heading Extends is made from this.
  if (parents.length === 0) delete declaration.typeHierarchy;
  else if (declaration.typeHierarchy) declaration.typeHierarchy.types = parents;
}

/** Where a member comes from is said only if it can be looked up. */
function hideOrigin(member: DeclarationReflection | SignatureReflection): void {
  const { inheritedFrom, overwrites, implementationOf } = member;
  if (inheritedFrom && leadsNowhere(inheritedFrom)) delete member.inheritedFrom;
  if (overwrites && leadsNowhere(overwrites)) delete member.overwrites;
  if (implementationOf && leadsNowhere(implementationOf)) delete member.implementationOf;
}

function leadsNowhere({ reflection, externalUrl }: ReferenceType): boolean {
  return reflection === undefined && externalUrl === undefined;
}

function isPublic(type: SomeType): boolean {
  return !namesInternal(type);
}

/** Whether it names a type of this repository that has no page. */
function namesInternal(type: SomeType): boolean {
  let found = false;
  const visitor = makeRecursiveVisitor({
    reference(reference) {
      if (!leadsNowhere(reference) || reference.refersToTypeParameter) return;
      if (reference.package?.startsWith('@ws/') === true) found = true;
    },
  });
  type.visit(visitor);
  return found;
}

const LITERALS = new Set(['true', 'false', 'null', 'undefined', 'Infinity']);

function hideDefault(
  reflection: DeclarationReflection | ParameterReflection,
  exported: ReadonlySet<string>,
): void {
  const { defaultValue } = reflection;
  if (defaultValue === undefined || !/^[A-Za-z_]\w*$/.test(defaultValue)) return;
  if (LITERALS.has(defaultValue) || exported.has(defaultValue)) return;
  reflection.defaultValue = '…';
}
