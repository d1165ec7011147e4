/** The body of an answer that opens nothing: its beginning often says why. */
import type { Readable } from 'node:stream';
import { Deadline } from '@ws/connection';
import { ignoreError } from './outcome';

const LIMIT = 4096;

/** In milliseconds: the head has said what happened, and the application is waiting to hear it. */
const TIMEOUT = 1000;

/**
 * The first 4,096 bytes of a body, or what there is of it when it ends, breaks off, or has taken a
 * second, or `signal` aborts; then the body is destroyed.
 */
export function beginningOf(body: Readable, signal: AbortSignal): Promise<Buffer> {
  return new Promise((resolve) => {
    const bytes = Buffer.alloc(LIMIT);
    let length = 0;
    const finish = (): void => {
      deadline.stop();
      signal.removeEventListener('abort', finish);
      body.destroy();
      resolve(bytes.subarray(0, length));
    };
    const deadline = new Deadline(finish);
    deadline.start(TIMEOUT);
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
