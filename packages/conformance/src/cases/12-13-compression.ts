/** Groups 12 and 13: permessage-deflate (RFC 7692), on five kinds of data and with all parameters. */
import { exactly, exchange } from '../model/builders';
import type { Case, DeflateDemand } from '../model/case';
import { NORMAL } from '../model/closing-rules';
import { CORPORA, messages } from '../corpus';
import type { Corpus } from '../corpus';

const PLAIN: DeflateDemand = { noContextTakeover: false, windowBits: undefined };
const LENGTHS = [16, 64, 256, 1024, 4096, 8192, 16_384, 32_768, 65_536, 131_072];
const SECONDS: Readonly<Record<number, number>> = { 16: 60, 64: 60, 256: 120, 1024: 240 };

/** Lengths of messages, and the size of fragments where there are any. */
const SHAPES: readonly (readonly [length: number, fragment?: number])[] = [
  ...LENGTHS.map((length): [number] => [length]),
  ...LENGTHS.slice(5).map((length): [number, number] => [length, 256]),
  [131_072, 1024],
  [131_072, 4096],
  [131_072, 32_768],
];

const DEMANDS: readonly (readonly DeflateDemand[])[] = [
  [PLAIN],
  [demand(true)],
  [demand(false, 9)],
  [demand(false, 15)],
  [demand(true, 9)],
  [demand(true, 15)],
  [demand(true, 9), demand(true), PLAIN],
];

/** What messages are exchanged in a case, and what is asked of the endpoint that compresses them. */
export interface Exchange {
  readonly id: string;
  readonly corpus: Corpus;
  readonly length: number;
  /** Octets of compressed data in a frame; undefined: no fragments. */
  readonly fragment: number | undefined;
  /** Alternatives, in order of preference. */
  readonly demands: readonly DeflateDemand[];
}

export const EXCHANGES: readonly Exchange[] = [
  ...CORPORA.flatMap((corpus, i) => family(`12.${i + 1}`, corpus, [PLAIN])),
  ...DEMANDS.flatMap((demands, i) => family(`13.${i + 1}`, CORPORA[0]!, demands)),
];

export const COMPRESSION: readonly Case[] = EXCHANGES.map(caseOf);

function family(group: string, corpus: Corpus, demands: readonly DeflateDemand[]): Exchange[] {
  return SHAPES.map(([length, fragment], i) => ({
    id: `${group}.${i + 1}`,
    corpus,
    length,
    fragment,
    demands,
  }));
}

function caseOf({ id, corpus, length, fragment, demands }: Exchange): Case {
  const cut = fragment === undefined ? '' : ` in fragments of ${fragment} octets`;
  const asked = demands.map(inWords).join(', else ');
  return {
    id,
    title: `Messages of ${length} from ${corpus.name}${cut}${asked && `; asked for: ${asked}`}`,
    expects: 'Every message comes back unchanged, compressed as was agreed on or not at all.',
    opening: { deflate: demands },
    closing: NORMAL,
    limit: (SECONDS[length] ?? 480) * 1000,
    script: () => ({
      steps: [exchange(1000, length > 16_384 ? 15 : 50, () => messages(corpus, length), fragment)],
      outcomes: exactly(),
    }),
  };
}

function demand(noContextTakeover: boolean, windowBits?: number): DeflateDemand {
  return { noContextTakeover, windowBits };
}

function inWords({ noContextTakeover, windowBits }: DeflateDemand): string {
  const words = [
    ...(noContextTakeover ? ['no context takeover'] : []),
    ...(windowBits === undefined ? [] : [`a window of ${windowBits} bits`]),
  ];
  return words.join(' and ');
}
