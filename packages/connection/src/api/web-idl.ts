/**
 * The shape that Web IDL gives an interface in ECMAScript, where a class has another: constants on the
 * class and on its instances (§3.7.5), attributes and operations that are enumerable (§3.7.6, §3.7.7),
 * the number of required arguments as an operation's length, and the interface's name (§3.7.3).
 */
export interface InterfaceMembers {
  readonly constants: Readonly<Record<string, number>>;
  readonly attributes: readonly string[];
  /** How many arguments each operation requires. */
  readonly operations: Readonly<Record<string, number>>;
}

/** @inline */
interface Constructor {
  new (...args: never[]): object;
  readonly prototype: object;
}

/** The runtime's own; there are loaders that have none. */
const { EventTarget } = globalThis as { EventTarget?: Constructor };

/** What a function has in any case. */
const OF_FUNCTIONS: readonly PropertyKey[] = ['length', 'name', 'prototype'];

/** Gives the members of a class that shape, and makes its own the ones that it has inherited. */
export function shapeAsInterface(
  ours: Pick<Constructor, 'prototype'>,
  name: string,
  { constants, attributes, operations }: InterfaceMembers,
): void {
  const { prototype } = ours;
  for (const [constant, value] of Object.entries(constants)) {
    Object.defineProperty(ours, constant, { value, enumerable: true });
    Object.defineProperty(prototype, constant, { value, enumerable: true });
  }
  for (const [operation, length] of Object.entries(operations)) {
    Object.defineProperty(Reflect.get(prototype, operation), 'length', { value: length });
  }
  for (const member of [...attributes, ...Object.keys(operations)]) {
    Object.defineProperty(prototype, member, {
      ...descriptorOf(prototype, member),
      enumerable: true,
    });
  }
  Object.defineProperty(prototype, Symbol.toStringTag, { value: name, configurable: true });
}

/**
 * Makes a class the interface that its instances are seen to have: all that its prototype inherits from
 * classes of ours is its own, and its one parent is that of EventTarget (§3.7.3).
 */
export function becomeInterface({ prototype }: Pick<Constructor, 'prototype'>): void {
  const parent = EventTarget?.prototype ?? Object.prototype;
  Object.defineProperties(prototype, inheritedUpTo(parent, prototype));
  Object.setPrototypeOf(prototype, parent);
}

/**
 * The interface object of a class (§3.7.1), for applications to call. Its parent is EventTarget, where
 * that of a class is what it extends, and calls as its `super`.
 *
 * @param length how many arguments the constructor requires
 */
export function interfaceObject<Class extends Constructor>(ours: Class, length: number): Class {
  const { name, prototype } = ours;
  const seen = function (...args: unknown[]): object {
    const target = new.target as typeof seen | undefined;
    if (target === undefined) throw new TypeError(`${name} is a class: use 'new'`);
    return Reflect.construct(ours, args, target === seen ? ours : target) as object;
  };
  const members = inheritedUpTo(Function.prototype, ours);
  for (const key of Reflect.ownKeys(members)) {
    const member = members[key as string]!;
    if (OF_FUNCTIONS.includes(key)) continue;
    Object.defineProperty(seen, key, member.value === ours ? { ...member, value: seen } : member);
  }
  Object.defineProperties(seen, {
    name: { value: name },
    length: { value: length },
    prototype: { value: prototype, writable: false },
  });
  Object.defineProperty(prototype, 'constructor', { value: seen });
  if (EventTarget !== undefined) Object.setPrototypeOf(seen, EventTarget);
  return seen as unknown as Class;
}

/** The properties of an object and of its parents, but not of `end`; the nearest ones count. */
function inheritedUpTo(end: object, holder: object | null): PropertyDescriptorMap {
  if (holder === null || holder === end) return {};
  return {
    ...inheritedUpTo(end, Object.getPrototypeOf(holder) as object | null),
    ...Object.getOwnPropertyDescriptors(holder),
  };
}

function descriptorOf(holder: object | null, member: string): PropertyDescriptor {
  if (holder === null) throw new Error(`bug: there is no member ${member}`);
  const own = Object.getOwnPropertyDescriptor(holder, member);
  return own ?? descriptorOf(Object.getPrototypeOf(holder) as object | null, member);
}
