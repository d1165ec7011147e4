/** What parsers and encoders are measured with. */
import { sizeName } from './cells';
import type { Content } from './frames';

export interface CodecCell {
  readonly name: string;
  /** Parsing what a client sends, or encoding what one end does. */
  readonly task: 'parse' | 'encode server' | 'encode client';
  /** Payload length in bytes. */
  readonly size: number;
  readonly content: Content;
}

const KIB = 1024;
const MIB = 1024 * KIB;

export const CODEC_CELLS: readonly CodecCell[] = [
  cell('parse', 16, 'binary'),
  cell('parse', 125, 'text'),
  cell('parse', KIB, 'binary'),
  cell('parse', KIB, 'text'),
  cell('parse', KIB, 'UTF-8 text'),
  cell('parse', 64 * KIB, 'binary'),
  cell('parse', MIB, 'binary'),
  cell('parse', MIB, 'text'),
  cell('encode server', 16, 'binary'),
  cell('encode server', KIB, 'text'),
  cell('encode server', MIB, 'text'),
  cell('encode client', 16, 'binary'),
  cell('encode client', KIB, 'binary'),
  cell('encode client', 64 * KIB, 'binary'),
];

function cell(task: CodecCell['task'], size: number, content: Content): CodecCell {
  return { name: `${task} ${sizeName(size)} ${content}`, task, size, content };
}
