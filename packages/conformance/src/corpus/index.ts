/** What the compressed messages are cut from: five kinds of data, read round and round. */
import type { Message } from '../model/case';
import { bitmap, document } from './binaries';
import { html, json, prose } from './texts';

export interface Corpus {
  readonly name: string;
  /** Text is cut by character, octets by octet. */
  readonly kind: 'text' | 'binary';
  readonly octets: number;
  readonly make: (size: number) => Buffer;
}

export const CORPORA: readonly Corpus[] = [
  { name: 'JSON', kind: 'text', octets: 194_056, make: json },
  { name: 'a bitmap', kind: 'binary', octets: 263_222, make: bitmap },
  { name: 'German text', kind: 'binary', octets: 222_218, make: prose },
  { name: 'HTML', kind: 'text', octets: 263_647, make: html },
  { name: 'a document with packed streams', kind: 'binary', octets: 1_042_328, make: document },
];

const made = new Map<Corpus, Buffer>();

/** The octets of a corpus, made when first asked for and then kept. */
export function contents(corpus: Corpus): Buffer {
  const octets = made.get(corpus) ?? corpus.make(corpus.octets);
  made.set(corpus, octets);
  return octets;
}

/** Messages of `length` characters or octets, each of which goes on where the one before ended. */
export function messages(corpus: Corpus, length: number): () => Message {
  const octets = contents(corpus);
  const { kind } = corpus;
  let at = 0;
  if (kind === 'binary') {
    return () => {
      const data = around(octets, at, length, (pieces) => Buffer.concat(pieces));
      at = (at + length) % octets.length;
      return { kind, data };
    };
  }
  const characters = octets.toString();
  return () => {
    const data = around(characters, at, length, (pieces) => pieces.join(''));
    at = (at + length) % characters.length;
    return { kind, data: Buffer.from(data) };
  };
}

/** `length` items from `at` on, beginning again at the end. */
function around<T extends string | Buffer>(
  ring: T,
  at: number,
  length: number,
  join: (pieces: T[]) => T,
): T {
  const pieces: T[] = [];
  for (let from = at, left = length; left > 0; from = 0) {
    const piece = ring.slice(from, from + left) as T;
    pieces.push(piece);
    left -= piece.length;
  }
  return join(pieces);
}
