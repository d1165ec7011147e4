/**
 * The one place that knows what the host offers. Node's (and Bun's and Deno's) own modules are asked
 * first, for the globals over Node may be those of a browser, or missing (jsdom); the standards'
 * globals are used everywhere else. Which, is decided once, at load.
 *
 * Every function here takes any Uint8Array. Buffers handed out may hold old memory: the caller fills
 * every byte before anyone else sees it.
 */
interface BufferModule {
  readonly isUtf8?: (bytes: Uint8Array) => boolean;
  readonly isAscii?: (bytes: Uint8Array) => boolean;
  /** Missing where Node was built without ICU. */
  readonly transcode?: (bytes: Uint8Array, from: 'utf8', to: 'utf16le') => Buffer;
}

/** Methods that Node has on Buffer.prototype without documenting them: no view is made first. */
interface BufferMethods {
  readonly utf8Slice?: (this: Uint8Array, start: number, end: number) => string;
  readonly latin1Slice?: (this: Uint8Array, start: number, end: number) => string;
  readonly utf8Write?: (this: Uint8Array, text: string, offset: number, length: number) => number;
}

interface EncodingModule {
  readonly TextDecoder: typeof globalThis.TextDecoder;
  readonly TextEncoder: typeof globalThis.TextEncoder;
}

interface Random {
  getRandomValues(bytes: Uint8Array): unknown;
}

interface Modules {
  readonly 'node:buffer': BufferModule;
  readonly 'node:util': Partial<EncodingModule>;
  readonly 'node:crypto': { readonly webcrypto?: Random };
}

/** Of the standard's interface as much as `Simd` needs. */
interface WebAssemblyHost {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
}

interface Host extends EncodingModule {
  readonly Buffer?: typeof Buffer;
  readonly crypto: Random;
  readonly WebAssembly?: WebAssemblyHost;
  readonly process?: {
    readonly env?: Readonly<Record<string, string | undefined>>;
    readonly versions?: { readonly node?: string; readonly bun?: string; readonly deno?: string };
    getBuiltinModule?: <Name extends keyof Modules>(name: Name) => Modules[Name] | undefined;
  };
}

const host = globalThis as unknown as Host;
const NodeBuffer = host.Buffer;
const bufferModule = NodeBuffer && builtin('node:buffer');
const methods = (NodeBuffer?.prototype ?? {}) as BufferMethods;
const { TextDecoder = host.TextDecoder, TextEncoder = host.TextEncoder } =
  builtin('node:util') ?? {};
const decoder = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true });
const encoder = new TextEncoder();

export const isLittleEndian: boolean = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Whether all of `bytes` is UTF-8, natively; `null` where the host cannot tell. */
export const isUtf8: ((bytes: Uint8Array) => boolean) | null = bufferModule?.isUtf8 ?? null;

/** Whether all of `bytes` is ASCII, natively; `null` where the host cannot tell. */
export const isAscii: ((bytes: Uint8Array) => boolean) | null = bufferModule?.isAscii ?? null;

/** `length` bytes with anything in them. */
export const allocate: (length: number) => Uint8Array = NodeBuffer
  ? (length) => {
      if (length >= LARGE) keepLarge();
      return NodeBuffer.allocUnsafe(length);
    }
  : (length) => new Uint8Array(length);

/** `length` bytes with anything in them, in memory of their own. */
export const allocateApart: (length: number) => Uint8Array = NodeBuffer
  ? (length) => {
      if (length >= LARGE) keepLarge();
      return NodeBuffer.allocUnsafeSlow(length);
    }
  : (length) => new Uint8Array(length);

const LARGE = 0x4000;
/** glibc learns from no larger ones. */
const LARGEST_KEPT = 0x1f0_0000;
let keepsLarge = false;

/**
 * Has large memory be used again, once there is need for any. Memory that is new costs a page fault for every 4 KiB, more
 * than all else that is done for a message of 1 MiB. When glibc frees a piece that it has got from the kernel, it gets no
 * more such pieces that are as large or smaller, and keeps twice its size of what is free at the end of the heap: about
 * as much as V8 lets lie before it collects. Nothing is ever written to this piece, so that it takes no memory itself.
 */
function keepLarge(): void {
  if (keepsLarge) return;
  keepsLarge = true;
  NodeBuffer!.allocUnsafeSlow(LARGEST_KEPT);
}

/** The same memory as `bytes[start, end)`; a Buffer where there are Buffers. */
export const view: (bytes: Uint8Array, start: number, end: number) => Uint8Array = NodeBuffer
  ? (bytes, start, end) => NodeBuffer.from(bytes.buffer, bytes.byteOffset + start, end - start)
  : (bytes, start, end) => bytes.subarray(start, end);

/** Decodes UTF-8; what is not UTF-8 becomes U+FFFD, a leading U+FEFF stays. */
export const utf8Slice: (bytes: Uint8Array, start: number, end: number) => string =
  sliceWith(methods.utf8Slice) ??
  ((bytes, start, end) => decoder.decode(bytes.subarray(start, end)));

/**
 * Decodes bytes that are UTF-8 by way of UTF-16; `null` where that is no faster. Before Node 24 it is twice to five times as
 * fast, from some hundred bytes on.
 */
export const utf8SliceByUtf16: ((bytes: Uint8Array) => string) | null =
  bufferModule?.transcode && isLittleEndian && isNodeBefore(24)
    ? (bytes) => bufferModule.transcode!(bytes, 'utf8', 'utf16le').toString('utf16le')
    : null;

/** Decodes bytes that are known to be ASCII; `null` where that is no faster than UTF-8. */
export const asciiSlice: ((bytes: Uint8Array, start: number, end: number) => string) | null =
  sliceWith(methods.latin1Slice);

/** Writes all of `text` at `offset`, where there must be room. Lone surrogates become U+FFFD. */
export const writeUtf8: (target: Uint8Array, text: string, offset: number) => void =
  writeWith(methods.utf8Write) ??
  ((target, text, offset) => void encoder.encodeInto(text, target.subarray(offset)));

/** The length of `text` in UTF-8, natively; `null` where the host cannot tell. */
export const nativeUtf8Length: ((text: string) => number) | null = NodeBuffer
  ? (text) => NodeBuffer.byteLength(text, 'utf8')
  : null;

/** Fills `bytes` from a strong source of entropy; at most 65,536 of them. */
export function fillRandomly(bytes: Uint8Array): void {
  (builtin('node:crypto')?.webcrypto ?? host.crypto).getRandomValues(bytes);
}

/** Synchronous WebAssembly; undefined where there is none. */
export const webAssembly: WebAssemblyHost | undefined = host.WebAssembly;

/** Whether the environment variable is set, and not empty. Deno is not asked: it might ask its user. */
export function environmentHas(name: string): boolean {
  const { process } = host;
  return process?.versions?.deno === undefined && Boolean(process?.env?.[name]);
}

function isNodeBefore(major: number): boolean {
  const { node, bun, deno } = host.process?.versions ?? {};
  return bun === undefined && deno === undefined && Number.parseInt(node ?? '', 10) < major;
}

function builtin<Name extends keyof Modules>(name: Name): Modules[Name] | undefined {
  return host.process?.getBuiltinModule?.(name);
}

function sliceWith(
  method: BufferMethods['utf8Slice'],
): ((bytes: Uint8Array, start: number, end: number) => string) | null {
  return method ? (bytes, start, end) => method.call(bytes, start, end) : null;
}

function writeWith(
  method: BufferMethods['utf8Write'],
): ((target: Uint8Array, text: string, offset: number) => void) | null {
  return method
    ? (target, text, offset) => void method.call(target, text, offset, target.length - offset)
    : null;
}
