/** The quiet connection: one small message now and then, and how long each echo takes. */
import { setTimeout } from 'node:timers/promises';
import { openConnection } from '../dialling';
import { clientFrame, payloadOf, serverFrame } from '../frames';
import { bufferSizeFor, type LoadTarget } from './load';

const SIZE = 16;
const PAUSE_MS = 2;

/** Of the times of all echoes, in milliseconds. */
export interface Latency {
  readonly median: number;
  /** Of 100 echoes 99 were no slower. */
  readonly p99: number;
  readonly slowest: number;
}

/** Echoes for `seconds` on a connection of its own. */
export async function measureLatency(
  { port, returnsBytes }: LoadTarget,
  seconds: number,
): Promise<Latency> {
  const bufferSize = bufferSizeFor(0);
  const connection = await openConnection({ port, path: '/echo', bufferSize });
  const payload = payloadOf(SIZE, 'binary');
  const frame = clientFrame(payload, false);
  const echo = returnsBytes ? frame : serverFrame(payload, false);
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    const started = performance.now();
    await new Promise<void>((resolve) => {
      let missing = echo.length;
      connection.onBytes = ({ length }) => {
        missing -= length;
        if (missing === 0) resolve();
      };
      connection.write(frame);
    });
    times.push(performance.now() - started);
    await setTimeout(PAUSE_MS);
  }
  await connection.close();
  return latencyOf(times);
}

function latencyOf(times: readonly number[]): Latency {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part: number): number => sorted[Math.ceil(part * sorted.length) - 1]!;
  return { median: at(0.5), p99: at(0.99), slowest: at(1) };
}
