/** The body of an answer that opens nothing: its beginning often says why. */
import type { Readable } from 'node:stream';
import { ignoreError } from './outcome';

const LIMIT = 4096;

/**
 * The first 4,096 bytes of a body, or what there is of it when it ends, breaks off, or `signal`
 * aborts; then the body is destroyed.
 */
export function beginningOf(body: Readable, signal: AbortSignal): Promise<Buffer> {
  return new Promise((resolve) => {
    const bytes = Buffer.alloc(LIMIT);
    let length = 0;
    const finish = (): void => {
      signal.removeEventListener('abort', finish);
      body.destroy();
      resolve(bytes.subarray(0, length));
    };
    body.on('error', ignoreError);
    body.on('end', finish);
    body.on('close', finish);
    body.on('data', (chunk: Buffer) => {
      length += chunk.copy(bytes, length);
      if (length === LIMIT) finish();
    });
    if (signal.aborted) finish();
    else signal.addEventListener('abort', finish);
  });
}
