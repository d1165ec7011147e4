/** Parsers and encoders by name. One is loaded only where it runs. */
import { WITHOUT_ADDONS } from '../peers';
import type { Codec } from './codec';

export interface CodecEntry {
  readonly load: () => Promise<{ readonly codec: Codec }>;
  /** Variables of the environment that its process is given. */
  readonly env?: Readonly<Record<string, string>>;
  /** True when only its parser differs from that of another one. */
  readonly parses?: boolean;
}

const CODECS: ReadonlyMap<string, CodecEntry> = new Map(
  Object.entries<CodecEntry>({
    ours: { load: () => import('./ours.js') },
    'ours-bytes': { load: () => import('./ours-bytes.js'), parses: true },
    ws: { load: () => import('./ws.js'), env: WITHOUT_ADDONS },
    'ws+bufferutil': { load: () => import('./ws.js') },
    'websocket-driver': { load: () => import('./driver.js') },
  }),
);

export const CODEC_NAMES: readonly string[] = [...CODECS.keys()];

/** The entry called `name`. @throws {RangeError} when there is none; the message lists the names. */
export function codecEntry(name: string): CodecEntry {
  const entry = CODECS.get(name);
  if (entry !== undefined) return entry;
  throw new RangeError(`no codec is called '${name}'; the codecs are ${CODEC_NAMES.join(', ')}`);
}

export async function loadCodec(name: string): Promise<Codec> {
  return (await codecEntry(name).load()).codec;
}
