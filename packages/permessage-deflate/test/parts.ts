/** Messages in parts, for tests. */
import type { ExtensionMessage, ExtensionSession, IncomingParts } from '@ws/extensions';

/** Cuts `data` at the given lengths, over and over. */
export function cut(data: Uint8Array, lengths: readonly number[]): Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let at = 0, index = 0; at < data.byteLength; index++) {
    const end = at + lengths[index % lengths.length];
    parts.push(data.subarray(at, end));
    at = end;
  }
  return parts;
}

/** What a session makes of a message of ours, frame by frame. */
export async function sendParts(
  session: ExtensionSession,
  parts: readonly Uint8Array[],
  endsEmpty = true,
): Promise<{ rsv: number; frames: Uint8Array[] }> {
  const message = session.outgoingParts!({ opcode: 2, rsv: 0, compress: true });
  const frames: Uint8Array[] = [];
  const inputs = endsEmpty ? [...parts, Buffer.alloc(0)] : parts;
  for (const [index, part] of inputs.entries()) {
    const isLast = index === inputs.length - 1;
    const made = await message.push(part, isLast);
    if (made.byteLength > 0 || isLast) frames.push(made);
  }
  return { rsv: message.rsv, frames };
}

/** The pieces that a session restores from a message of the peer's. */
export async function receiveParts(
  session: ExtensionSession,
  { opcode = 2, rsv }: Partial<ExtensionMessage> & { rsv: number },
  frames: readonly Uint8Array[],
  maxBytes = Infinity,
): Promise<Uint8Array[]> {
  const message = session.incomingParts!({ opcode, rsv }, maxBytes);
  const pieces: Uint8Array[] = [];
  for (const [index, frame] of frames.entries()) {
    await push(message, frame, index === frames.length - 1, pieces);
  }
  return pieces;
}

export async function push(
  message: IncomingParts,
  part: Uint8Array,
  isLast: boolean,
  pieces: Uint8Array[],
): Promise<void> {
  await message.push(part, isLast, (piece) => void pieces.push(piece));
}
