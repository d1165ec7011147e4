/**
 * How objects of this library are shown: by `console.log` and all else that goes by `util.inspect`,
 * and by `JSON.stringify`. Both show some of the attributes, and nothing of what is behind them.
 */
import { isError } from '@ws/common';
import type { InspectOptionsStylized, inspect } from 'node:util';

/** Node's `util.inspect.custom`. */
const CUSTOM = Symbol.for('nodejs.util.inspect.custom');

type Attributes = Record<string, unknown>;
type Show = typeof inspect;

/** Those that are being shown: what is inside of them may lead back to them. */
const beingShown = new WeakSet<object>();

/**
 * Has the instances of a class shown by attributes of theirs.
 *
 * @param names the attributes, in this order; one that is undefined is left out
 * @param words what is shown instead of an attribute's value
 */
export function showAttributes<Instance extends object>(
  ours: { readonly prototype: Instance },
  names: readonly (keyof Instance & string)[],
  words: { readonly [Name in keyof Instance]?: (value: Instance[Name]) => unknown } = {},
): void {
  const attributesOf = (instance: Instance): Attributes => {
    const shown: Attributes = {};
    for (const name of names) {
      const value = attributeOf(instance, name);
      if (value !== undefined) shown[name] = words[name]?.(value) ?? value;
    }
    return shown;
  };
  const methods = {
    [CUSTOM](this: Instance, depth: number | null, options: InspectOptionsStylized, show: Show) {
      return inspected(this, attributesOf, { ...options, depth }, show);
    },
    toJSON(this: Instance) {
      return plain(attributesOf(this));
    },
  };
  for (const key of Reflect.ownKeys(methods)) {
    const method = Object.getOwnPropertyDescriptor(methods, key);
    Object.defineProperty(ours.prototype, key, { ...method, enumerable: false });
  }
}

/** The text for `util.inspect`: as it would show an object that has just these properties. */
function inspected<Instance extends object>(
  instance: Instance,
  attributesOf: (instance: Instance) => Attributes,
  options: InspectOptionsStylized & { depth: number | null },
  show: Show,
): string {
  const { depth } = options;
  const name = instance.constructor.name;
  if (depth !== null && depth < 0) return options.stylize(`[${name}]`, 'special');
  if (beingShown.has(instance)) return options.stylize('[Circular]', 'special');
  beingShown.add(instance);
  try {
    // At depth 0 an error would be no more than its name.
    const deep = depth === null ? null : Math.max(depth, 1);
    return `${name} ${show(attributesOf(instance), { ...options, depth: deep })}`;
  } finally {
    beingShown.delete(instance);
  }
}

/** A class's prototype has an attribute's getter, too, but no value. */
function attributeOf<Instance, Name extends keyof Instance>(
  instance: Instance,
  name: Name,
): Instance[Name] | undefined {
  try {
    return instance[name];
  } catch {
    return undefined;
  }
}

/** JSON shows nothing of an error but what was added to it. */
function plain(attributes: Attributes): Attributes {
  const entries = Object.entries(attributes).map(([name, value]): [string, unknown] => {
    if (!isError(value)) return [name, value];
    const { name: kind, message, code } = value as Error & { code?: unknown };
    return [name, { name: kind, message, code }];
  });
  return Object.fromEntries(entries);
}
