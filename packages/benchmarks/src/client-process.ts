/** The process of a client under measurement. Its argument is the client's name. */
import { answerCalls } from '@ws/child-process';
import { loadClient } from './clients';
import { cpuMicroseconds } from './cpu-time';

export interface ClientCalls {
  /** Opens `count` connections to `port`, one after the other, which echo from then on. */
  dial(port: number, count: number): Promise<void>;
  /** CPU time of all threads since the process started, in microseconds. */
  cpuMicroseconds(): number;
}

answerCalls<ClientCalls>({
  async dial(port, count) {
    const client = await loadClient(process.argv[2]!);
    for (let i = 0; i < count; i++) await client.connect(port);
  },
  cpuMicroseconds,
});
