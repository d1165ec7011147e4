import type * as Zlib from 'node:zlib';

/** Node's module, which is loaded when it is first used, and not with this package: many connections compress nothing. */
export function zlib(): typeof Zlib {
  return process.getBuiltinModule('node:zlib');
}

/** Those of its constants that are used here, as zlib.h has fixed them. */
export const ZLIB = {
  Z_SYNC_FLUSH: 2,
  Z_FINISH: 4,
  Z_DEFAULT_COMPRESSION: -1,
  Z_DEFAULT_MEMLEVEL: 8,
  Z_DEFAULT_STRATEGY: 0,
  Z_RLE: 3,
  Z_FIXED: 4,
} as const;
