/** The opening handshakes of the drafts 75 and 76: requests, key numbers, the challenge. */
import { createHash, randomBytes, randomInt } from 'node:crypto';
import type { Target } from './handshake';
import { joined, single } from './head';
import type { Head, HeaderList } from './head';

export interface HixieKeys {
  readonly key1: string;
  readonly key2: string;
  readonly key3: Buffer;
}

/** Two keys with a number each, hidden among other characters, and 8 octets. */
export function newHixieKeys(): HixieKeys {
  return { key1: newKey(), key2: newKey(), key3: randomBytes(8) };
}

/** What the server must answer: MD5 of both numbers and key3. */
export function challenge({ key1, key2, key3 }: HixieKeys): Buffer {
  const numbers = Buffer.alloc(8);
  numbers.writeUInt32BE(keyNumber(key1), 0);
  numbers.writeUInt32BE(keyNumber(key2), 4);
  return createHash('md5').update(numbers).update(key3).digest();
}

export function hixieRequestHeaders({ host }: Target, keys: HixieKeys | undefined): HeaderList {
  const plain: HeaderList = [
    ['Upgrade', 'WebSocket'],
    ['Connection', 'Upgrade'],
    ['Host', host],
    ['Origin', `http://${host}`],
  ];
  if (keys === undefined) return plain;
  return [...plain, ['Sec-WebSocket-Key1', keys.key1], ['Sec-WebSocket-Key2', keys.key2]];
}

/** What is wrong with a server's answer to a draft's request; undefined if nothing is. */
export function hixieResponseFault(
  head: Head,
  target: Target,
  version: 'hixie-75' | 'hixie-76',
): string | undefined {
  const prefix = version === 'hixie-76' ? 'sec-' : '';
  if (!/^HTTP\/1\.1 101(?: |$)/.test(head.startLine)) return `the answer is ${head.startLine}`;
  if (joined(head, 'upgrade') !== 'WebSocket') return 'the answer does not upgrade to WebSocket';
  if (joined(head, 'connection') !== 'Upgrade') return 'the answer has no Connection: Upgrade';
  if (single(head, `${prefix}websocket-origin`) !== `http://${target.host}`) {
    return 'the answer does not repeat the origin';
  }
  const location = single(head, `${prefix}websocket-location`);
  return location?.replace(/^wss?:\/\//, '') === `${target.host}${target.path}`
    ? undefined
    : `the answer's location is ${location ?? 'missing'}`;
}

/** The digits of a key, as one number, over the number of spaces. */
function keyNumber(key: string): number {
  const spaces = key.split(' ').length - 1;
  return Number(key.replace(/[^0-9]/g, '')) / spaces;
}

/** A product of the number and the spaces, with noise between its digits and spaces inside. */
function newKey(): string {
  const spaces = randomInt(1, 13);
  const number = randomInt(0, Math.floor(0xffff_ffff / spaces)) + 1;
  const characters = Array.from(`${number * spaces}`);
  for (let i = 0; i < 8; i++)
    insert(characters, randomInt(0, characters.length + 1), 'kQ#~xW%P'[i]!);
  for (let i = 0; i < spaces; i++) insert(characters, randomInt(1, characters.length), ' ');
  return characters.join('');
}

function insert(characters: string[], at: number, character: string): void {
  characters.splice(at, 0, character);
}
