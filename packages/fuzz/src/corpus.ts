/**
 * Inputs that were interesting once: what broke this or another implementation, and what a decoder
 * has to make of it. The files in `corpus/` are lists of these.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLIENT, SERVER } from '@ws/frame-parser';
import type { At, Told } from './bytes/told';

export interface Entry {
  readonly name: string;
  /** Who decodes. */
  readonly at: 'client' | 'server' | 'hixie-75' | 'hixie-76';
  /** The bytes, in hexadecimal; blanks are for the eye, `(..)*n` repeats. */
  readonly wire: string;
  readonly told: readonly Told[];
}

const FOLDER = join(__dirname, '..', 'corpus');
const REPEATED = /\(([0-9a-f ]*)\)\*(\d+)/g;
const ROLES = { client: CLIENT, server: SERVER };

/** All entries of all files. */
export function corpus(): Entry[] {
  const files = readdirSync(FOLDER).sort();
  return files.flatMap((file) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Entry[]);
}

/** The bytes of an entry. @throws {SyntaxError} they are not written in hexadecimal */
export function wireOf({ wire, name }: Entry): Uint8Array {
  const digits = wire
    .replace(REPEATED, (_, part: string, times: string) => part.repeat(Number(times)))
    .replaceAll(' ', '');
  if (/^(?:[0-9a-f]{2})*$/.test(digits)) return Buffer.from(digits, 'hex');
  throw new SyntaxError(`${name}: the wire is not written in hexadecimal`);
}

export function decoderOf({ at }: Entry): At {
  return at === 'client' || at === 'server' ? ROLES[at] : at;
}
