/**
 * What the host offers: Node's own modules are asked first, for the globals over Node may be those of
 * a browser, or missing (jsdom); the standards' globals are used everywhere else.
 */

/** Node's one-shot hash. */
export type NativeHash = (algorithm: 'sha1', data: string, encoding: 'base64') => string;

interface EncodingModule {
  readonly TextDecoder: typeof globalThis.TextDecoder;
  readonly TextEncoder: typeof globalThis.TextEncoder;
}

interface Random {
  getRandomValues(bytes: Uint8Array): unknown;
}

interface Modules {
  readonly 'node:crypto': { readonly webcrypto?: Random; readonly hash?: NativeHash };
  readonly 'node:util': Partial<EncodingModule>;
}

interface Host extends EncodingModule {
  readonly crypto: Random;
  readonly process?: {
    getBuiltinModule?: <Name extends keyof Modules>(name: Name) => Modules[Name] | undefined;
  };
}

const host = globalThis as unknown as Host;
const { TextDecoder = host.TextDecoder, TextEncoder = host.TextEncoder } =
  builtin('node:util') ?? {};
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** `null` where the host has none. Node takes milliseconds to load its module, when this is first called. */
export function nativeHash(): NativeHash | null {
  return builtin('node:crypto')?.hash ?? null;
}

/** The UTF-8 of `text`; lone surrogates become U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Decodes UTF-8; what is not UTF-8 becomes U+FFFD, a leading U+FEFF stays. */
export function decodeUtf8(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** Fills `bytes` from a strong source of entropy; at most 65,536 of them. */
export function fillRandomly(bytes: Uint8Array): void {
  (builtin('node:crypto')?.webcrypto ?? host.crypto).getRandomValues(bytes);
}

function builtin<Name extends keyof Modules>(name: Name): Modules[Name] | undefined {
  return host.process?.getBuiltinModule?.(name);
}
