/** What may be passed for an extension, checked when it is passed. */
import type { Extension } from './extension';
import { isToken } from './header';
import { adaptPlugin } from './plugin';
import type { PluginOptions, WebSocketExtensionsPlugin } from './plugin-types';

/**
 * The extensions by name, in order; plug-ins are adapted.
 *
 * @throws {TypeError} with the index, and what is wrong with what is there
 */
export function extensionsByName(
  extensions: readonly (Extension | WebSocketExtensionsPlugin)[],
  options: PluginOptions,
): Map<string, Extension> {
  if (!Array.isArray(extensions)) throw new TypeError('extensions must be an array');
  const byName = new Map<string, Extension>();
  // Iterating shows the holes of a sparse array, too.
  for (const [index, value] of extensions.entries()) {
    const extension = located(index, () => asExtension(value, options));
    if (byName.has(extension.name)) {
      throw new TypeError(`extensions[${index}]: there is another one named "${extension.name}"`);
    }
    byName.set(extension.name, extension);
  }
  return byName;
}

function located(index: number, run: () => Extension): Extension {
  try {
    return run();
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    throw new TypeError(`extensions[${index}]: ${reason}`, { cause: error });
  }
}

function asExtension(value: unknown, options: PluginOptions): Extension {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) {
    throw new TypeError('an extension must be an object');
  }
  const extension = isPlugin(value) ? adaptPlugin(value, options) : (value as Extension);
  assertExtension(extension);
  return extension;
}

/** Extensions have none of these; even a plug-in that lacks something has one of them. */
function isPlugin(value: object): value is WebSocketExtensionsPlugin {
  return 'type' in value || 'createClientSession' in value || 'createServerSession' in value;
}

function assertExtension(extension: Partial<Record<keyof Extension, unknown>>): void {
  const { name, rsv } = extension;
  if (typeof name !== 'string' || !isToken(name)) throw new TypeError('name must be a token');
  if (!Number.isInteger(rsv) || (rsv as number) < 0 || (rsv as number) > 7) {
    throw new TypeError('rsv must be an integer from 0 to 7');
  }
  for (const method of ['offer', 'accept'] as const) {
    if (typeof extension[method] !== 'function')
      throw new TypeError(`${method} must be a function`);
  }
}
