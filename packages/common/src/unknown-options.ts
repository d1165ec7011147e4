/** Options that nobody would read: most are misspelt, or belong somewhere else. */
import { describe } from './describe';
import { nearestName } from './nearest-name';
import { isNone } from './none';

/** What makes the message more helpful. Both may be left out. */
export interface UnknownOptionHelp {
  /** What stands before an option's name in the message, such as `deflate.`. Default: nothing. */
  readonly prefix?: string;
  /**
   * Names that mean something, though not here, and what to say of each: `it belongs into tls, as
   * tls.key`.
   */
  readonly elsewhere?: ReadonlyMap<string, string>;
  /** What to say of a name that is near to none. */
  readonly otherwise?: string;
}

/**
 * The options, of which there may be none: null, undefined and false. Those that nobody would read are
 * refused, whatever their value; but one that is known elsewhere may be null, as of an object that several share.
 * (False may well mean something there.)
 *
 * @throws {TypeError} `options` is not an object, or has an option that is not in `known`; the
 * message says where it belongs, or which one is near, a known one if any is
 */
export function knownOptions<Options extends object>(
  options: Options | null | undefined,
  known: ReadonlySet<string>,
  help: UnknownOptionHelp = {},
): Partial<Options> {
  if (isNone(options)) return {};
  if (!isObjectOfOptions(options, known)) {
    const name = help.prefix === undefined ? 'options' : `option ${help.prefix.slice(0, -1)}`;
    throw new TypeError(`${name}: ${describe(options)} is not an object of options`);
  }
  for (const name of Object.keys(options)) {
    if (known.has(name)) continue;
    const isNoneOfOthers =
      help.elsewhere?.has(name) === true && (Reflect.get(options, name) ?? null) === null;
    if (!isNoneOfOthers) throw unknownOption(name, known, help);
  }
  return options;
}

/** What has events (a server, a socket, a request) or is a list is an argument in the wrong place. */
function isObjectOfOptions(options: object, known: ReadonlySet<string>): boolean {
  if (typeof options !== 'object' || Array.isArray(options)) return false;
  return known.has('on') || typeof Reflect.get(options, 'on') !== 'function';
}

function unknownOption(
  name: string,
  known: ReadonlySet<string>,
  { prefix = '', elsewhere, otherwise }: UnknownOptionHelp,
): TypeError {
  const text = `option ${prefix}${name} is not known`;
  const place = elsewhere?.get(name);
  if (place !== undefined) return new TypeError(`${text} here: ${place}`);
  const nearest = nearestName(name, known);
  if (nearest !== null) return new TypeError(`${text}; did you mean ${prefix}${nearest}?`);
  const other = elsewhere && nearestName(name, elsewhere.keys());
  if (!other) return new TypeError(otherwise === undefined ? text : `${text}: ${otherwise}`);
  return new TypeError(`${text}; did you mean ${other}? (${elsewhere.get(other)})`);
}
