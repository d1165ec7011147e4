/** Compressed messages with final blocks (RFC 7692 §7.2.3.4), in hexadecimal, and what they say. */
export const FINAL_BLOCKS: [name: string, octets: string, text: string][] = [
  ['§7.2.3.4: a final block', 'f3 48 cd c9 c9 07 00 00', 'Hello'],
  ['a final block, and nothing behind it', 'f3 48 cd c9 c9 07 00', 'Hello'],
  ['two final blocks', 'f3 48 cd c9 c9 07 00 f3 48 cd c9 c9 07 00 00', 'HelloHello'],
  ['a final block, and one that refers to it', 'f3 48 cd c9 c9 07 00 f2 00 11 00 00', 'HelloHello'],
  ['a final block that is empty', '03 00 f2 48 cd c9 c9 07 00', 'Hello'],
];
