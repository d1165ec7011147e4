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

/** Gives the members of a class that shape, and makes its own the ones that it has inherited. */
export function shapeAsInterface(
  ours: { readonly prototype: object },
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

function descriptorOf(holder: object | null, member: string): PropertyDescriptor {
  if (holder === null) throw new Error(`bug: there is no member ${member}`);
  const own = Object.getOwnPropertyDescriptor(holder, member);
  return own ?? descriptorOf(Object.getPrototypeOf(holder) as object | null, member);
}
