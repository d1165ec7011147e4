import { checkText } from '../checks';
import { allocate, writeUtf8 } from '../runtime';
import { utf8Length } from '../utf8';

const TEXT_START = 0x00;
const TEXT_END = 0xff;

/** Draft 76's closing frame, FF 00. Not to be changed by whoever sends it. */
export const HIXIE_CLOSING_FRAME: Uint8Array = Uint8Array.of(0xff, 0x00);

/**
 * A text frame of drafts 75 and 76, in new memory. Lone surrogates go out as U+FFFD.
 *
 * @throws TypeError if `text` is not a string
 */
export function encodeHixieText(text: string): Uint8Array {
  const length = utf8Length(checkText('text', text));
  const frame = allocate(length + 2);
  frame[0] = TEXT_START;
  writeUtf8(frame, text, 1);
  frame[length + 1] = TEXT_END;
  return frame;
}
