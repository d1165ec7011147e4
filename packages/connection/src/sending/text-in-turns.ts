/**
 * Text to bytes, a piece in every turn of the event loop: the first touch of fresh memory is what
 * takes most of the time, and others need not wait for all of it.
 */
import { afterReading, nextTurn } from '../support/scheduling';

const PIECE = 2 ** 20;

/**
 * Encodes a text as UTF-8.
 *
 * @param byteLength what `Buffer.byteLength(text)` says
 * @param pieceLength characters in a turn, or one more
 */
export async function encodeInTurns(
  text: string,
  byteLength: number,
  pieceLength: number = PIECE,
): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafeSlow(byteLength);
  // The text may be an answer, and decoding the question has taken one turn already.
  await new Promise<void>(afterReading);
  let written = 0;
  for (let start = 0; start < text.length;) {
    const end = endOfPiece(text, start + pieceLength);
    written += bytes.write(text.slice(start, end), written, 'utf8');
    start = end;
    await new Promise<void>(nextTurn);
  }
  return bytes;
}

/** A pair of surrogates is one character, and stays together. */
function endOfPiece(text: string, end: number): number {
  const isPair = end < text.length && text.codePointAt(end - 1)! > 0xffff;
  return isPair ? end + 1 : end;
}
