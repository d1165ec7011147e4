/** Messages in parts on their way through a pipeline, for tests. */
import type { IncomingParts, OutgoingParts, Pipeline } from '../src';
import { message, textOf } from './sessions';

const encoder = new TextEncoder();
const ANYTHING = { maxBytes: Infinity, maxGathered: Infinity };

export function outgoingParts(pipeline: Pipeline): OutgoingParts {
  return pipeline.outgoingParts({ opcode: 1, rsv: 0, compress: true });
}

export function incomingParts(pipeline: Pipeline, rsv = 0, limits = ANYTHING): IncomingParts {
  return pipeline.incomingParts({ opcode: 1, rsv }, limits);
}

/** The frames that a message of these parts becomes. */
export async function sent(
  pipeline: Pipeline,
  texts: readonly string[],
): Promise<{ rsv: number; frames: Uint8Array[] }> {
  const parts = outgoingParts(pipeline);
  const frames: Uint8Array[] = [];
  for (const [index, text] of texts.entries()) {
    const isLast = index === texts.length - 1;
    const frame = await parts.push(encoder.encode(text), isLast);
    if (frame.byteLength > 0 || isLast) frames.push(frame);
  }
  return { rsv: parts.rsv, frames };
}

/** What is restored of such frames, piece by piece. */
export async function received(
  pipeline: Pipeline,
  { rsv, frames }: { rsv: number; frames: readonly Uint8Array[] },
  limits = ANYTHING,
): Promise<string[]> {
  const parts = incomingParts(pipeline, rsv, limits);
  const pieces: string[] = [];
  for (const [index, frame] of frames.entries()) {
    await parts.push(frame, index === frames.length - 1, (piece) => {
      pieces.push(textOf({ ...message(''), data: piece }));
    });
  }
  return pieces;
}

/** Text as bytes. */
export function bytes(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Takes no notice of what it is given. */
export function ignore(): void {
  // nothing
}
