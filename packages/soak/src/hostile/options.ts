/** The command line, read and judged before anything starts. */
import { parseArgs } from 'node:util';
import { attackNamed, ATTACKS, NOBODY } from './attacks';
import type { PeerName } from './echo-servers';

export interface Options {
  /** Names of attacks, in order. */
  readonly attacks: readonly string[];
  readonly peers: readonly PeerName[];
  /** Length of an attack. */
  readonly seconds: number;
  readonly help: boolean;
}

const PEERS: Readonly<Record<string, readonly PeerName[]>> = {
  ours: ['ours'],
  ws: ['ws'],
  both: ['ours', 'ws'],
};

export const USAGE: string = `npm run hostile -- [options]

  --seconds <n>   length of each attack (5)
  --only <names>  attacks, separated by commas; '${NOBODY}' always comes first
  --peer <name>   who is attacked: ours, ws or both (both)
  --help

The attacks:

${[...ATTACKS].map(([name, { title }]) => `  ${name.padEnd(15)}  ${title}`).join('\n')}`;

/** @throws {TypeError | RangeError} when an option is unknown or its value is not usable. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seconds: { type: 'string', default: '5' },
      only: { type: 'string' },
      peer: { type: 'string', default: 'both' },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    attacks: readAttacks(values.only),
    peers: readPeers(values.peer),
    seconds: readSeconds(values.seconds),
    help: values.help,
  };
}

function readAttacks(only: string | undefined): string[] {
  if (only === undefined) return [...ATTACKS.keys()];
  const names = only.split(',').map((name) => name.trim());
  names.forEach(attackNamed);
  return [...new Set([NOBODY, ...names])];
}

function readPeers(name: string): readonly PeerName[] {
  const peers = Object.hasOwn(PEERS, name) ? PEERS[name] : undefined;
  if (peers !== undefined) return peers;
  throw new RangeError(`--peer is ours, ws or both, not '${name}'`);
}

function readSeconds(text: string): number {
  const value = text === '' ? NaN : Number(text);
  if (value >= 0.1 && value <= 60) return value;
  throw new RangeError(`--seconds is a number from 0.1 to 60, not '${text}'`);
}
