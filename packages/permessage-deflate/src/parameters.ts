/**
 * The four parameters of permessage-deflate (RFC 7692 §7.1), between the header's elements and
 * values with types. Whatever the RFC calls invalid is null here: whoever reads it declines.
 */
import type { ExtensionParameter, ExtensionParameters } from '@ws/extensions';

/** What one offer, or one answer, says. */
export interface DeflateParameters {
  readonly serverNoContextTakeover: boolean;
  readonly clientNoContextTakeover: boolean;
  /** 8 to 15; null when it is absent. */
  readonly serverMaxWindowBits: number | null;
  /** 8 to 15; null when it is absent, 15 when an offer has it without a value. */
  readonly clientMaxWindowBits: number | null;
}

/** An offer may say `client_max_window_bits` without a value, an answer may not (§7.1.2.2). */
export type Source = 'offer' | 'answer';

type Mutable<T> = { -readonly [Name in keyof T]: T[Name] };

/** @returns null when there is an unknown, repeated or malformed parameter among them */
export function readParameters(
  list: ExtensionParameters,
  source: Source,
): DeflateParameters | null {
  const parameters: Mutable<DeflateParameters> = {
    serverNoContextTakeover: false,
    clientNoContextTakeover: false,
    serverMaxWindowBits: null,
    clientMaxWindowBits: null,
  };
  const seen = new Set<string>();
  for (const parameter of list) {
    if (seen.has(parameter.name)) return null;
    seen.add(parameter.name);
    if (!readParameter(parameter, source, parameters)) return null;
  }
  return parameters;
}

/** @returns whether the parameter is valid; then it has been written into `into` */
function readParameter(
  parameter: ExtensionParameter,
  source: Source,
  into: Mutable<DeflateParameters>,
): boolean {
  switch (parameter.name) {
    case 'server_no_context_takeover':
      into.serverNoContextTakeover = true;
      return parameter.value === null;
    case 'client_no_context_takeover':
      into.clientNoContextTakeover = true;
      return parameter.value === null;
    case 'server_max_window_bits':
      into.serverMaxWindowBits = windowBits(parameter);
      return into.serverMaxWindowBits !== null;
    case 'client_max_window_bits': {
      const anyValue = source === 'offer' && parameter.value === null;
      into.clientMaxWindowBits = anyValue ? 15 : windowBits(parameter);
      return into.clientMaxWindowBits !== null;
    }
    default:
      return false;
  }
}

/** "a decimal integer value without leading zeroes between 8 to 15, inclusive" §7.1.2.1 */
function windowBits({ value, quoted }: ExtensionParameter): number | null {
  return value !== null && !quoted && /^(?:[89]|1[0-5])$/.test(value) ? Number(value) : null;
}

/** The reverse of `readParameters`. */
export function writeParameters(parameters: DeflateParameters, to: Source): ExtensionParameters {
  const list: ExtensionParameter[] = [];
  const add = (name: string, value: number | null): void => {
    list.push({ name, value: value === null ? null : String(value), quoted: false });
  };
  const { serverMaxWindowBits, clientMaxWindowBits } = parameters;
  if (parameters.serverNoContextTakeover) add('server_no_context_takeover', null);
  if (parameters.clientNoContextTakeover) add('client_no_context_takeover', null);
  if (serverMaxWindowBits !== null) add('server_max_window_bits', serverMaxWindowBits);
  if (clientMaxWindowBits !== null) {
    const anyValue = to === 'offer' && clientMaxWindowBits === 15;
    add('client_max_window_bits', anyValue ? null : clientMaxWindowBits);
  }
  return list;
}
