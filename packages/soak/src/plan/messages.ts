/**
 * The messages of a connection. Each follows from the plan and its number, so that an echo is checked
 * against a message made once more: nobody has to keep it.
 */
import type { Plan } from './plan';
import { integer, pick, randomOf, type Random, type Weighted } from './random';

/** The longest message, in characters or bytes. */
export const LONGEST: number = 256 * 1024;

/** Upper bounds of sizes: most messages are small. */
const SIZES: Weighted<readonly [least: number, most: number]> = [
  [2, [0, 0]],
  [60, [1, 125]],
  [27, [126, 4096]],
  [10, [4097, 32_768]],
  [1, [32_769, LONGEST]],
];

const WORDS = ['a', 'rain', 'naïve', 'soaks ', 'the\n', '漢字', ' — ', '"key": 17, ', 'ground. '];

const TEXT: string = longText();
const BYTES: Buffer = Buffer.from(TEXT, 'utf16le');

function longText(): string {
  const random = randomOf(0, 0);
  const words = Array.from({ length: LONGEST }, () => WORDS[integer(random, 0, WORDS.length - 1)]);
  return words.join('').slice(0, 2 * LONGEST);
}

/** Message `number` of a connection: some of a long text behind its number, unless it is empty. */
export function messageOf({ seed, id, version }: Plan, number: number): string | Buffer {
  const random = randomOf(seed ^ id, number);
  const isText = version.startsWith('hixie') || random() < 0.6;
  const size = integer(random, ...pick(random, SIZES));
  const head = `${number} of ${id} `.slice(0, size);
  return isText ? head + part(TEXT, random, size - head.length) : bytes(random, head, size);
}

function bytes(random: Random, head: string, size: number): Buffer {
  return Buffer.concat([Buffer.from(head), part(BYTES, random, size - head.length)]);
}

function part<T extends string | Buffer>(all: T, random: Random, length: number): T {
  const start = integer(random, 0, all.length - length);
  return all.slice(start, start + length) as T;
}

/** Whether an echo is the message it answers. */
export function isEcho(data: unknown, message: string | Buffer): boolean {
  if (typeof message === 'string') return data === message;
  return data instanceof Uint8Array && message.equals(data);
}
