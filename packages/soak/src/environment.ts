/** Where and on what a run takes place: without that nobody can say later what its figures are of. */
import { machine } from '@ws/reporting';
import { readFileSync } from 'node:fs';

export interface Environment {
  /** When the run ended, as ISO 8601 has it. */
  readonly when: string;
  /** Node, the system and its cores. */
  readonly where: string;
  /** What it ran on, with its version. */
  readonly versions: Readonly<Record<string, string>>;
}

export function environment(): Environment {
  const manifest = readFileSync(require.resolve('@ws/websocket/package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const { v8, openssl, zlib } = process.versions;
  const versions = { '@ws/websocket': version, V8: v8, OpenSSL: openssl, zlib };
  return { when: new Date().toISOString(), where: machine(), versions };
}
