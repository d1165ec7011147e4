/**
 * What is said in a room, in the subprotocol `chat`. Texts are JSON, bytes are files.
 *
 *     page → server                         server → page
 *                                           { "type": "welcome", "name": "Red Fox", "others": ["Blue Owl"] }   first
 *                                           { "type": "joined", "name": "Lilac Seal" }
 *     { "type": "text", "text": "…" }       { "type": "text", "from": "Blue Owl", "text": "…" }     to the others
 *                                           { "type": "delivered", "to": 2 }                        to whom it is from
 *     { "type": "file", "name": "a.png" }   { "type": "file", "from": "Blue Owl", "name": "a.png" }
 *     … then the bytes, one message         … then the bytes, one message; `delivered` as above
 *                                           { "type": "left", "name": "…", "code": 1001, "reason": "", "initiator": "remote" }
 */
import { objectIn } from './messages';

const LONGEST_TEXT = 4000;
const LONGEST_NAME = 200;

export interface Text {
  readonly type: 'text';
  readonly text: string;
}

/** Comes before the bytes of a file. */
export interface FileHeading {
  readonly type: 'file';
  readonly name: string;
}

/** A message that a page may send, without anything that does not belong to it; else null. */
export function chatMessageIn(data: string): Text | FileHeading | null {
  const { type, text, name } = objectIn(data) ?? {};
  if (type === 'text' && isShort(text, LONGEST_TEXT)) return { type, text };
  if (type === 'file' && isShort(name, LONGEST_NAME)) return { type, name };
  return null;
}

function isShort(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value.length <= longest;
}
