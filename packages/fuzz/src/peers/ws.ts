/** The receiver of `ws`. */
import type { Writable } from 'node:stream';
import { SERVER, type Role } from '@ws/frame-parser';
import * as ws from 'ws';
import { hexOf, MAX_FRAGMENTS, MAX_LENGTH, pieces, type Told } from '../bytes/told';
import { LATE_UTF8, LENIENT_LENGTHS, type Difference, type TheirTold } from './verdict';

export const WS_DIFFERENCES: readonly Difference[] = [LENIENT_LENGTHS, LATE_UTF8];

/** The types of `ws` do not have it. */
const { Receiver } = ws as unknown as { Receiver: new (options: object) => Writable };

export async function tellWithWs(
  at: Role,
  wire: Uint8Array,
  cuts: readonly number[],
): Promise<TheirTold[]> {
  const told: TheirTold[] = [];
  const receiver = new Receiver({
    isServer: at === SERVER,
    maxPayload: MAX_LENGTH,
    maxFragments: MAX_FRAGMENTS,
    allowSynchronousEvents: true,
  });
  receiver.on('message', (data: Buffer, isBinary: boolean) => {
    told.push(isBinary ? ['binary', hexOf(data)] : ['text', data.toString()]);
  });
  receiver.on('ping', (data: Buffer) => told.push(['ping', hexOf(data)]));
  receiver.on('pong', (data: Buffer) => told.push(['pong', hexOf(data)]));
  receiver.on('conclude', (code: number, reason: Buffer) => {
    told.push(['close', code, reason.toString()] satisfies Told);
  });
  receiver.on('error', () => told.push(['refused']));
  for (const chunk of pieces(wire, cuts)) {
    if (receiver.destroyed || receiver.writableEnded) break;
    await new Promise<void>((resolve) => receiver.write(chunk, () => resolve()));
  }
  // An error is told after the write that it was found in.
  await new Promise<void>((resolve) => setImmediate(resolve));
  return told;
}
