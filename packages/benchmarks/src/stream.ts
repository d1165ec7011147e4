/**
 * What one message of a gigabyte costs both ends in memory, when one sends it by `sendStream()` and the
 * other reads it by `messages()`: neither ever holds more than a few parts of it.
 */
import { Child } from '@ws/child-process';
import { join } from 'node:path';
import type { Growth } from './memory-watch';
import type { StreamCalls } from './stream-process';

/** One message, on its way between two processes. */
export interface Stream {
  readonly name: string;
  readonly from: 'server' | 'client';
  /** Compressed text, or bytes as they are. */
  readonly compressedText: boolean;
}

export const STREAMS: readonly Stream[] = [
  { name: 'bytes, server to client', from: 'server', compressedText: false },
  { name: 'bytes, client to server', from: 'client', compressedText: false },
  { name: 'compressed text, server to client', from: 'server', compressedText: true },
  { name: 'compressed text, client to server', from: 'client', compressedText: true },
];

export interface StreamCost {
  readonly sender: Growth;
  readonly receiver: Growth;
  readonly seconds: number;
}

const MIB = 2 ** 20;
const LENGTH = 1024 * MIB;
/** Enough for the young generation to reach its size, and for buffers of the network to be there. */
const WARM_UP_LENGTH = 128 * MIB;
/** A gigabyte takes no end of time to compress where the machine is busy. */
const CALL_TIMEOUT_MS = 300_000;

/** Measures once. @throws {Error} when another message arrives than was sent. */
export async function measureStream({ from, compressedText }: Stream): Promise<StreamCost> {
  const server = streamProcess('server', 0);
  const client = streamProcess('client', 1);
  try {
    const port = await server.ask('listen', compressedText);
    await client.ask('dial', port, compressedText);
    const [sender, receiver] = from === 'server' ? [server, client] : [client, server];
    const pass = async (length: number): Promise<void> => {
      const received = receiver.ask('receive');
      const sent = await sender.ask('send', length, compressedText);
      if ((await received) !== sent) throw new Error('another message arrived than was sent');
    };
    await pass(WARM_UP_LENGTH);
    await Promise.all([sender.ask('watchMemory'), receiver.ask('watchMemory')]);
    const started = performance.now();
    await pass(LENGTH);
    const seconds = (performance.now() - started) / 1000;
    return {
      sender: await sender.ask('memoryGrowth'),
      receiver: await receiver.ask('memoryGrowth'),
      seconds,
    };
  } finally {
    await client.stop();
    await server.stop();
  }
}

function streamProcess(name: string, core: number): Child<StreamCalls> {
  const script = join(__dirname, 'stream-process.js');
  return new Child(`the ${name} of the stream`, script, { core, callTimeout: CALL_TIMEOUT_MS });
}
