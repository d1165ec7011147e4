/**
 * Which names a minifier must keep, besides those of functions and classes, so that stacks, profiles and `util.inspect`
 * show them: of variables that give theirs to what they hold, and of private methods and of private fields that hold a function.
 */
import { parseAst } from 'rollup/parseAst';

const NAMED_BY_VARIABLES = new Set([
  'ArrowFunctionExpression',
  'ClassExpression',
  'FunctionExpression',
]);

/**
 * The names of the variables in `code` that are given a function, or a class, without a name of its own.
 *
 * @param {string} code
 * @returns {string[]}
 */
export function givenNames(code) {
  const names = new Set();
  visit(parseAst(code), (node) => {
    const [target, value] = assignmentIn(node);
    if (target?.type === 'Identifier' && isUnnamed(value)) names.add(target.name);
  });
  return [...names];
}

/**
 * `code` with public names for private methods, for terser shortens all names that are private: `$send` for `#send`. They
 * are as long, so that a source map stays right.
 *
 * @param {string} code
 * @returns {{ hidden: string, names: string[] }} `names` must be kept
 * @throws {Error} a public name, or a text, looks like one of them
 */
export function hidePrivateMethods(code) {
  const identifiers = [];
  const methods = new Set();
  visit(parseAst(code), (node) => {
    if (node.type === 'PrivateIdentifier') identifiers.push(node);
    if (isMethod(node)) methods.add(node.key);
  });
  const ofMethods = new Set(
    identifiers.filter((each) => methods.has(each)).map(({ name }) => name),
  );
  const names = [...ofMethods].map((name) => `$${name}`);
  if (showPrivateMethods(code, names) !== code)
    throw new Error('a private method cannot be hidden');
  const text = code.split('');
  for (const { name, start } of identifiers) if (ofMethods.has(name)) text[start] = '$';
  return { hidden: text.join(''), names };
}

/** Makes what `hidePrivateMethods` has hidden private again. */
export function showPrivateMethods(code, names) {
  const known = new Set(names);
  return code.replace(/(?<![\w$])\$\w+(?![\w$])/g, (name) =>
    known.has(name) ? `#${name.slice(1)}` : name,
  );
}

/** Whether it is a function, or a class, and has no name of its own. */
function isUnnamed(value) {
  return NAMED_BY_VARIABLES.has(value?.type) && !value.id;
}

function isMethod({ type, value }) {
  return type === 'MethodDefinition' || (type === 'PropertyDefinition' && isUnnamed(value));
}

function assignmentIn(node) {
  if (node.type === 'VariableDeclarator') return [node.id, node.init];
  const assigns = node.type === 'AssignmentExpression' || node.type === 'AssignmentPattern';
  return assigns ? [node.left, node.right] : [];
}

function visit(node, see) {
  if (typeof node.type === 'string') see(node);
  for (const part of Object.values(node)) {
    if (typeof part === 'object' && part !== null) visit(part, see);
  }
}
