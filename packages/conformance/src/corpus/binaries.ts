/** Octets that are made up: a bitmap with areas and noise, and a document with packed streams inside. */
import { deflateSync } from 'node:zlib';
import { Random } from './random';
import { prose } from './texts';

const ROW = 512;

/** Rows of 8-bit pixels: mostly the row above, with runs of one colour, and a little noise. */
export function bitmap(size: number): Buffer {
  const random = new Random(122);
  const pixels = Buffer.alloc(size);
  let at = 0;
  while (at < size) {
    const run = Math.min(1 + random.below(60), size - at);
    const kind = random.below(10);
    if (kind < 6 && at >= ROW) for (let i = 0; i < run; i++) pixels[at + i] = pixels[at + i - ROW]!;
    else if (kind < 9) pixels.fill(random.below(24) * 10, at, at + run);
    else random.octets(run).copy(pixels, at);
    at += run;
  }
  return pixels;
}

/** Numbered objects, most of which hold a stream that is packed already. */
export function document(size: number): Buffer {
  const random = new Random(125);
  const page = prose(60_000);
  const pieces: Buffer[] = [Buffer.from('%PDF-1.4\n')];
  let length = pieces[0]!.length;
  for (let number = 1; length < size; number++) {
    const object = packedObject(random, page, number);
    pieces.push(object);
    length += object.length;
  }
  return Buffer.concat(pieces).subarray(0, size);
}

function packedObject(random: Random, page: Buffer, number: number): Buffer {
  const start = random.below(page.length - 8_000);
  const plain = page.subarray(start, start + 1_000 + random.below(7_000));
  const isImage = random.below(3) === 0;
  const stream = isImage ? random.octets(2_000 + random.below(4_000)) : deflateSync(plain);
  const filter = isImage ? 'DCTDecode /Subtype /Image' : 'FlateDecode';
  const head = `${number} 0 obj\n<< /Type /XObject /Filter /${filter} /Length ${stream.length} >>\nstream\n`;
  return Buffer.concat([Buffer.from(head), stream, Buffer.from('\nendstream\nendobj\n')]);
}
