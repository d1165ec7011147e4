/** A class of the runtime's own, where there is one. */
export interface NativeClass {
  readonly prototype: object;
}

/**
 * Puts a native prototype behind one of ours, and the attributes of `base` onto ours, so that they are
 * found first, as is the interface's name. Where there is no such class, ours stays as it is.
 */
export function standInFor(
  base: { prototype: object },
  ours: { prototype: object },
  name: string,
  native?: NativeClass,
): void {
  const inherited = Object.getOwnPropertyDescriptors(base.prototype);
  const own = Object.getOwnPropertyDescriptors(ours.prototype);
  Object.defineProperties(ours.prototype, { ...inherited, ...own });
  Object.defineProperty(ours.prototype, Symbol.toStringTag, { value: name, configurable: true });
  if (native !== undefined) Object.setPrototypeOf(ours.prototype, native.prototype);
}
