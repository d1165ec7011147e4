/**
 * The caller's mistakes, found where decoders are made and frames are encoded. What goes wrong later
 * would be silence, or would look like the peer's fault. Nothing here runs for a frame that is decoded.
 *
 * This package has no dependencies, so it does not use the checks of the others.
 */
import type { Role } from './role';

/** @throws TypeError if `role` is not `CLIENT`, `SERVER` or an object like them */
export function checkRole(role: Role): Role {
  const given = role as Partial<Role> | null | undefined;
  if (typeof given?.masksOutgoing === 'boolean' && typeof given.expectsMasked === 'boolean') {
    return role;
  }
  throw new TypeError(`role must be CLIENT or SERVER, not ${describe(role)}`);
}

/** @throws TypeError if `object` lacks one of the methods; the message names it */
export function checkMethods<T extends object>(
  name: string,
  object: T,
  methods: readonly (keyof T & string)[],
): T {
  if (!isObject(object)) throw new TypeError(`${name} must be an object, not ${describe(object)}`);
  for (const method of methods) {
    if (typeof object[method] === 'function') continue;
    throw new TypeError(`${name}.${method} must be a function, not ${describe(object[method])}`);
  }
  return object;
}

/** @throws TypeError if `options` is no object, or has an option that nobody would read */
export function checkOptions<T extends object>(
  options: T,
  known: readonly (keyof T & string)[],
): T {
  if (!isObject(options))
    throw new TypeError(`options must be an object, not ${describe(options)}`);
  for (const name of Object.keys(options)) {
    if ((known as readonly string[]).includes(name)) continue;
    throw new TypeError(`option ${name} is not known; there are ${known.join(', ')}`);
  }
  return options;
}

/** @throws TypeError if `value` is not a boolean */
export function checkBoolean(name: string, value: boolean): boolean {
  if (typeof value === 'boolean') return value;
  throw new TypeError(`${name} must be a boolean, not ${describe(value)}`);
}

/** @throws RangeError if `value` is not one of the integers */
export function checkInteger(name: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new RangeError(
    `${name} must be an integer from ${least} to ${most}, not ${describe(value)}`,
  );
}

/** @throws TypeError if `value` is not a string */
export function checkText(name: string, value: string): string {
  if (typeof value === 'string') return value;
  throw new TypeError(`${name} must be a string, not ${describe(value)}`);
}

/** @throws TypeError if `value` is not a Uint8Array, of any realm */
export function checkBytes(name: string, value: Uint8Array): Uint8Array {
  if (value instanceof Uint8Array || Object.prototype.toString.call(value) === UINT8_ARRAY) {
    return value;
  }
  throw new TypeError(`${name} must be a Uint8Array, not ${describe(value)}`);
}

const UINT8_ARRAY = '[object Uint8Array]';

function isObject(value: unknown): boolean {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** A value in a message: short, and never by its own `toString`. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 40));
  if (isObject(value)) return Object.prototype.toString.call(value);
  return String(value);
}
