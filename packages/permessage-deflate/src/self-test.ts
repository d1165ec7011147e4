/**
 * Whether Node's zlib handles can be trusted: the versions that are known, and a rehearsal of
 * everything that is asked of them.
 */
import { isKnownNode } from '@ws/common';
import { ExtensionError } from '@ws/extensions';
import { types } from 'node:util';
import type { Codec } from './codec';
import { History } from './history';
import { zlib, ZLIB } from './node-zlib';
import { PublicZlib } from './public-zlib';
import type { NativeStream } from './raw-stream';
import { SharedHandles } from './shared-handles';

/** The fastest codec that works here. */
export function chooseCodec(versions: NodeJS.ProcessVersions = process.versions): Codec {
  return isKnownNode(versions) && handlesWork() ? new SharedHandles() : new PublicZlib();
}

function handlesWork(): boolean {
  try {
    const { createDeflateRaw, createInflateRaw } = zlib();
    return [createDeflateRaw(), createInflateRaw()].every(hasHandle) && rehearse();
  } catch {
    return false;
  }
}

/** Whether a stream of zlib's has inside what is expected. */
export function hasHandle(stream: unknown): boolean {
  const { _handle: handle, _writeState: state } = stream as Partial<NativeStream>;
  return (
    typeof handle?.writeSync === 'function' &&
    typeof handle.reset === 'function' &&
    typeof handle.onerror === 'function' &&
    types.isUint32Array(state) &&
    state.length === 2
  );
}

/** Round trips, an error and a limit, twice over: whatever came before must not show. */
function rehearse(): boolean {
  const codec = new SharedHandles();
  const text = Buffer.from('handles '.repeat(50));
  const history = new History(32_768);
  history.append(text);
  const compression = {
    level: ZLIB.Z_DEFAULT_COMPRESSION,
    memLevel: ZLIB.Z_DEFAULT_MEMLEVEL,
    strategy: ZLIB.Z_DEFAULT_STRATEGY,
    windowBits: 15,
  };
  for (let round = 0; round < 2; round++) {
    const deflated = codec.deflate(text, compression, null);
    const referring = new PublicZlib().deflate(text, compression, text);
    const works =
      deflated.byteLength < 50 &&
      same(codec.inflate(deflated, text.byteLength, null), text) &&
      same(codec.inflate(referring, text.byteLength, history), text) &&
      codec.inflate(deflated, text.byteLength - 1, null) === null &&
      refuses(codec, deflated.subarray(0, deflated.byteLength - 2)) &&
      refuses(codec, Uint8Array.of(0xff));
    if (!works) return false;
  }
  return true;
}

function same(left: Uint8Array | null, right: Buffer): boolean {
  return left !== null && right.equals(left);
}

function refuses(codec: Codec, data: Uint8Array): boolean {
  try {
    codec.inflate(data, 1024, null);
    return false;
  } catch (error) {
    return error instanceof ExtensionError;
  }
}
