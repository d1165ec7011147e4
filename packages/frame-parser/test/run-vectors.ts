/**
 * Runs the vectors against a build of the package, wherever it is loaded. Each is fed whole, byte by
 * byte, and with a ping after it that must arrive if the stream is still alive (text, for hixie).
 */
import type * as FrameParser from '../src';
import { concat, hex } from './bits';
import { RecordingSink, type Told } from './recording-sink';
import { VECTORS, type Vector } from './vectors';

type Api = Pick<typeof FrameParser, 'MessageDecoder' | 'HixieDecoder' | 'CLIENT' | 'SERVER'>;

interface Decoder {
  push(chunk: Uint8Array): void;
  readonly bufferedBytes: number;
}

export function runVectors(api: Api): { passed: number; failures: string[] } {
  const failures = VECTORS.flatMap((vector) =>
    Object.entries(FEEDS)
      .map(([feed, run]) => ({ feed, problem: run(api, vector) }))
      .filter(({ problem }) => problem !== null)
      .map(({ feed, problem }) => `${vector.at}: ${vector.name} (${feed}): ${problem}`),
  );
  return { passed: VECTORS.length * Object.keys(FEEDS).length - failures.length, failures };
}

const FEEDS: Record<string, (api: Api, vector: Vector) => string | null> = {
  whole: (api, vector) => compare(api, vector, [vector.wire], vector.told),
  'byte by byte': (api, vector) =>
    compare(api, vector, vector.wire.length > 4096 ? [vector.wire] : bytesOf(vector), vector.told),
  'with something after it': (api, vector) => {
    const { wire, told } = survivor(vector);
    return compare(api, vector, [concat([vector.wire, wire])], [...vector.told, ...told]);
  },
};

function bytesOf({ wire }: Vector): Uint8Array[] {
  return Array.from(wire, (_, i) => wire.subarray(i, i + 1));
}

function survivor({ at, told }: Vector): { wire: Uint8Array; told: Told[] } {
  const over = told.some(([kind]) => kind === 'close' || kind === 'violation');
  const next = SURVIVORS[at];
  return { wire: hex(next.wire), told: over ? [] : [next.told] };
}

const SURVIVORS: Record<Vector['at'], { wire: string; told: Told }> = {
  client: { wire: '890121', told: ['ping', '21'] },
  server: { wire: '89810000000021', told: ['ping', '21'] },
  'hixie-75': { wire: '0021ff', told: ['text', '!'] },
  'hixie-76': { wire: '0021ff', told: ['text', '!'] },
};

function compare(
  api: Api,
  vector: Vector,
  chunks: Uint8Array[],
  told: readonly Told[],
): string | null {
  const sink = new RecordingSink();
  const decoder = createDecoder(api, vector, sink);
  for (const chunk of chunks) decoder.push(chunk.slice());
  const got = JSON.stringify(sink.told);
  if (got !== JSON.stringify(told)) return `told ${got}`;
  return decoder.bufferedBytes === 0 ? null : `${decoder.bufferedBytes} bytes left over`;
}

function createDecoder(api: Api, vector: Vector, sink: RecordingSink): Decoder {
  const {
    at,
    allowedRsv = 0,
    reservesAll = false,
    maxLength = 2 ** 26 - 1,
    maxFragments = 2 ** 20,
  } = vector;
  if (at === 'hixie-75' || at === 'hixie-76') {
    return new api.HixieDecoder(sink, { maxLength, closingFrame: at === 'hixie-76' });
  }
  const role = at === 'client' ? api.CLIENT : api.SERVER;
  return new api.MessageDecoder(role, sink, { allowedRsv, reservesAll, maxLength, maxFragments });
}
