/**
 * The options by which an end of a connection is told its extensions: the same for a server and for a
 * client.
 */
import { describe, isNone } from '@ws/common';
import { Extensions } from '@ws/extensions';
import type { Extension, WebSocketExtensionsPlugin } from '@ws/extensions';
import { permessageDeflate } from './first-use';
import type { DeflateOptions } from './options';

/** @inline */
type ExtensionList = readonly (Extension | WebSocketExtensionsPlugin)[];

/** Every option may be left out, undefined or null. */
export interface ExtensionOptions {
  /**
   * Compresses messages, if the other end can (permessage-deflate, RFC 7692): true with the defaults,
   * or how. Default false.
   */
  deflate?: boolean | DeflateOptions | null | undefined;
  /**
   * Other extensions, in order of preference: objects with this library's interface `Extension`, or
   * plug-ins for `websocket-extensions`. Default: none.
   */
  extensions?: ExtensionList | null | undefined;
}

/** The names of all options that `extensionsFor` reads. */
export const EXTENSION_OPTIONS: readonly string[] = ['deflate', 'extensions'];

const NONE: Extensions = new Extensions([]);
let deflateAlone: Extensions | null = null;

/**
 * The extensions that the options ask for; `deflate` is preferred to the others.
 *
 * @param maxLength of a received message, in bytes; plug-ins may be told
 * @throws {TypeError} an option has the wrong type, or something is not an extension
 * @throws {RangeError} an option of `deflate` is outside of what is allowed
 */
export function extensionsFor(options: ExtensionOptions, maxLength: number): Extensions {
  const deflate = options.deflate ?? false;
  const extensions = asList(options.extensions);
  if (extensions.length === 0) {
    if (deflate === false) return NONE;
    if (deflate === true) return (deflateAlone ??= new Extensions([permessageDeflate()]));
  }
  return new Extensions([...deflateExtension(deflate), ...extensions], { maxLength });
}

/** One extension stands for a list of one. */
function asList(value: unknown): ExtensionList {
  if (isNone(value)) return [];
  if (Array.isArray(value)) return value as ExtensionList;
  if (typeof value === 'object' || typeof value === 'function') return [value as Extension];
  throw new TypeError(`option extensions: ${describe(value)} is neither an extension nor a list`);
}

function deflateExtension(deflate: boolean | DeflateOptions): Extension[] {
  if (deflate === false) return [];
  return [permessageDeflate(deflate === true ? {} : deflate, 'deflate.')];
}
