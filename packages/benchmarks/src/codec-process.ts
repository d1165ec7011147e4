/** The process of a parser and encoder. Its argument is the codec's name. */
import { answerCalls } from '@ws/child-process';
import type { CodecCell } from './codec-cells';
import { workOf } from './codec-work';
import { loadCodec } from './codecs';
import { warmUpFor } from './warm-up';

export interface CodecCalls {
  /** The time of a message, in microseconds. */
  measure(cell: CodecCell, seconds: number): Promise<number>;
}

const WARM_UP_SECONDS = 0.3;

answerCalls<CodecCalls>({
  async measure(cell, seconds) {
    const { Bench } = await import('tinybench');
    const { messages, prepare, run } = workOf(cell, await loadCodec(process.argv[2]!));
    const warmupTime = warmUpFor(WARM_UP_SECONDS, seconds) * 1000;
    const bench = new Bench({ time: seconds * 1000, warmupTime, throws: true });
    bench.add(cell.name, run, { async: false, beforeEach: prepare });
    await bench.run();
    const { result } = bench.tasks[0]!;
    if (result.state !== 'completed') throw new Error(`the bench is ${result.state}`);
    return (result.latency.mean * 1000) / messages;
  },
});
