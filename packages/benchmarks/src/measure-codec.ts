/** One measurement of a parser or encoder, in a fresh process. */
import { Child } from '@ws/child-process';
import { join } from 'node:path';
import type { CodecCell } from './codec-cells';
import type { CodecCalls } from './codec-process';
import { codecEntry } from './codecs';
import { MEASURED_CORE } from './measure';

/** The time of a message, in microseconds. */
export async function measureCodec(
  name: string,
  cell: CodecCell,
  seconds: number,
): Promise<number> {
  const { env = {} } = codecEntry(name);
  const child = new Child<CodecCalls>(`the codec '${name}'`, join(__dirname, 'codec-process.js'), {
    args: [name],
    env,
    core: MEASURED_CORE,
  });
  try {
    return await child.ask('measure', cell, seconds);
  } finally {
    await child.stop();
  }
}
