/**
 * Masking by SIMD: a module of WebAssembly with memory of its own, made when it is first needed. Where
 * there is no WebAssembly, or the host forbids it (a Content-Security-Policy without `wasm-unsafe-eval`,
 * no room for its addresses, `--jitless`), or somebody has set WS_NO_WASM, there is none, and masking
 * goes by plain loops.
 */
import { MASK_MODULE } from './mask-module';
import { environmentHas, webAssembly } from './runtime';

/** What `wasm/mask.wat` exports. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly mask: Simd['mask'];
}

export interface Simd {
  /** The memory to receive in, and the passage behind it, of 64 KiB each. */
  readonly memory: ArrayBuffer;
  /** Where bytes of other memory pass through. */
  readonly passage: Uint8Array;
  /**
   * XORs `length` bytes of the memory, at least 16, from `start` on. The key is a little-endian word.
   *
   * @returns 0 if all of them are ASCII then
   */
  readonly mask: (start: number, length: number, key: number) => number;
}

export const PASSAGE_START = 0x1_0000;

let loaded: Simd | null | undefined;

/** The module; `null` where there is none. */
export function simd(): Simd | null {
  return loaded === undefined ? (loaded = load()) : loaded;
}

function load(): Simd | null {
  if (webAssembly === undefined || environmentHas('WS_NO_WASM')) return null;
  try {
    const { Module, Instance } = webAssembly;
    const instance = new Instance(new Module(Uint8Array.from(MASK_MODULE)));
    const { memory, mask } = instance.exports as Exports;
    const passage = new Uint8Array(memory.buffer, PASSAGE_START);
    const made: Simd = { memory: memory.buffer, passage, mask };
    return works(made) ? made : null;
  } catch {
    return null;
  }
}

/** Whether it does what it is for: lengths of all loops, text that is ASCII and text that is not. */
function works({ memory, mask }: Simd): boolean {
  const bytes = new Uint8Array(memory);
  return [16, 31, 64, 101].every((length, start) =>
    [0x7f, 0x80].every((last) => {
      const end = start + length;
      for (let i = start; i < end; i++) bytes[i] = i ^ keyByte(i - start);
      bytes[end - 1] = last ^ keyByte(length - 1);
      const isAscii = mask(start, length, KEY) === 0;
      const isRight = bytes.subarray(start, end - 1).every((byte, i) => byte === i + start);
      return isRight && bytes[end - 1] === last && isAscii === last < 0x80;
    }),
  );
}

const KEY = 0x84_73_62_51 | 0;

function keyByte(position: number): number {
  return (KEY >>> ((position & 3) << 3)) & 0xff;
}
