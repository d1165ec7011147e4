/** What may be passed for extensions. A flaw is the name of what is wrong, or null. */
import type { Extension } from './extension';
import { isToken } from './header';
import type { WebSocketExtensionsPlugin } from './plugin-types';

type Unchecked<T> = Partial<Record<keyof T, unknown>>;

export function isList(value: unknown): boolean {
  return Array.isArray(value);
}

/** Extensions have none of these, and even a plug-in that lacks something has one of them. */
export function isPlugin(value: object): value is WebSocketExtensionsPlugin {
  return 'type' in value || 'createClientSession' in value || 'createServerSession' in value;
}

/** What is wrong with `value`, whichever of the two it is to be. */
export function flawOf(value: unknown): string | null {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) {
    return 'an extension must be an object';
  }
  return isPlugin(value) ? flawOfPlugin(value) : flawOfExtension(value);
}

/** What is wrong with a plug-in for `websocket-extensions`. */
export function flawOfPlugin(plugin: Unchecked<WebSocketExtensionsPlugin>): string | null {
  if (!isTokenString(plugin.name)) return 'name must be a token';
  if (plugin.type !== 'permessage') return 'type must be "permessage"';
  for (const bit of ['rsv1', 'rsv2', 'rsv3'] as const) {
    if (typeof plugin[bit] !== 'boolean') return `${bit} must be true or false`;
  }
  return missingFunction(plugin, ['createClientSession', 'createServerSession']);
}

function flawOfExtension(extension: Unchecked<Extension>): string | null {
  if (!isTokenString(extension.name)) return 'name must be a token';
  const rsv = extension.rsv as number;
  if (!Number.isInteger(rsv) || rsv < 0 || rsv > 7) return 'rsv must be an integer from 0 to 7';
  const { takesAll } = extension;
  if (takesAll !== undefined && typeof takesAll !== 'boolean') {
    return 'takesAll must be true or false';
  }
  return missingFunction(extension, ['offer', 'accept']);
}

function isTokenString(value: unknown): boolean {
  return typeof value === 'string' && isToken(value);
}

function missingFunction<T extends string>(
  value: Partial<Record<T, unknown>>,
  names: readonly T[],
): string | null {
  const missing = names.find((name) => typeof value[name] !== 'function');
  return missing === undefined ? null : `${missing} must be a function`;
}
