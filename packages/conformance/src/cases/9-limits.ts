/** Group 9: large messages, many fragments, many writes, many messages. */
import {
  BINARY,
  exactly,
  exchange,
  filled,
  fragments,
  frame,
  hex,
  send,
  TEXT,
} from '../model/builders';
import type { Case, Delivery, FrameSpec } from '../model/case';
import { NORMAL } from '../model/closing-rules';

type Kind = 'text' | 'binary';

const KIB = 1024;
const MIB = 1024 * KIB;
const PATTERNS = { text: 'BAsd7&jh23', binary: hex('00fe23faf0') };
const SIZES = [64 * KIB, 256 * KIB, MIB, 4 * MIB, 8 * MIB, 16 * MIB];
const FRAGMENT_SIZES = [64, 256, KIB, 4 * KIB, 16 * KIB, 64 * KIB, 256 * KIB, MIB, 4 * MIB];
const CHOPS = [64, 128, 256, 512, 1024, 2048];
const ROUND_SIZES = [0, 16, 64, 256, 1024, 4096];
const SECOND = 1000;

export const LIMITS: readonly Case[] = [
  ...SIZES.map((size, i) => whole(`9.1.${i + 1}`, 'text', size, i < 2 ? 10 : 100)),
  ...SIZES.map((size, i) => whole(`9.2.${i + 1}`, 'binary', size, i < 4 ? 10 : 100)),
  ...FRAGMENT_SIZES.map((size, i) => fragmented(`9.3.${i + 1}`, 'text', size, '*')),
  ...FRAGMENT_SIZES.map((size, i) =>
    fragmented(`9.4.${i + 1}`, 'binary', size, i === 0 ? hex('fe') : '*'),
  ),
  ...CHOPS.map((chop, i) => whole(`9.5.${i + 1}`, 'text', MIB, 1000, { chop })),
  ...CHOPS.map((chop, i) => whole(`9.6.${i + 1}`, 'binary', MIB, 1000, { chop })),
  ...ROUND_SIZES.map((size, i) => rounds(`9.7.${i + 1}`, 'text', size, '*')),
  ...ROUND_SIZES.map((size, i) => rounds(`9.8.${i + 1}`, 'binary', size, hex('fe'))),
];

function whole(
  id: string,
  kind: Kind,
  size: number,
  seconds: number,
  delivery: Delivery = {},
): Case {
  const words = delivery.chop === undefined ? '' : ` in writes of ${delivery.chop} octets`;
  const title = `A ${kind} message of ${inWords(size)}${words}`;
  const frames = (payload: Buffer): FrameSpec[] => [frame(opcodeOf(kind), payload)];
  const payload = (): Buffer => filled(size, PATTERNS[kind]);
  return echo({ id, title, kind, seconds, payload, frames, delivery });
}

function fragmented(id: string, kind: Kind, size: number, pattern: string | Buffer): Case {
  const title = `A ${kind} message of 4 MiB in fragments of ${inWords(size)}`;
  const payload = (): Buffer => filled(4 * MIB, pattern);
  const frames = (octets: Buffer): FrameSpec[] =>
    size === octets.length
      ? [frame(opcodeOf(kind), octets)]
      : fragments(opcodeOf(kind), octets, size);
  return echo({ id, title, kind, seconds: 100, payload, frames, delivery: {} });
}

interface Echo {
  readonly id: string;
  readonly title: string;
  readonly kind: Kind;
  readonly seconds: number;
  readonly payload: () => Buffer;
  readonly frames: (payload: Buffer) => FrameSpec[];
  readonly delivery: Delivery;
}

function echo({ id, title, kind, seconds, payload, frames, delivery }: Echo): Case {
  return {
    id,
    title,
    expects: 'The whole message comes back.',
    closing: NORMAL,
    limit: seconds * SECOND,
    script: () => {
      const data = payload();
      return { steps: [send(frames(data), delivery)], outcomes: exactly({ kind, data }) };
    },
  };
}

function rounds(id: string, kind: Kind, size: number, pattern: string | Buffer): Case {
  const limits: Readonly<Record<number, number>> = { 256: 120, 1024: 240, 4096: 480 };
  const message = { kind, data: filled(size, pattern) };
  return {
    id,
    title: `${kind === 'text' ? 'Text' : 'Binary'} messages of ${size} octets, one after the other`,
    expects: 'Every message comes back before the next is sent.',
    closing: NORMAL,
    limit: (limits[size] ?? 60) * SECOND,
    script: () => ({ steps: [exchange(1000, 100, () => () => message)], outcomes: exactly() }),
  };
}

function opcodeOf(kind: Kind): number {
  return kind === 'text' ? TEXT : BINARY;
}

function inWords(size: number): string {
  if (size >= MIB) return `${size / MIB} MiB`;
  return size >= KIB ? `${size / KIB} KiB` : `${size} octets`;
}
