/** All cases, in the order in which they are reported, and the choice among them. */
import type { Case, Role } from '../model/case';
import { FRAMING } from './1-framing';
import { PING_PONG } from './2-ping-pong';
import { RESERVED_BITS } from './3-reserved-bits';
import { OPCODES } from './4-opcodes';
import { FRAGMENTATION } from './5-fragmentation';
import { UTF8 } from './6-utf8';
import { CLOSING } from './7-close';
import { LIMITS } from './9-limits';
import { ODD_FRAGMENTS } from './10-fragments-of-odd-size';
import { COMPRESSION } from './12-13-compression';
import { CLOSE_CODES } from './own-close-codes';
import { MESSAGES } from './own-compression';
import { DRAFTS } from './own-drafts';
import { FRAMES } from './own-frames';
import { HANDSHAKE } from './own-handshake';
import { NEGOTIATION } from './own-negotiation';
import { VERSIONS } from './own-versions';

export const CASES: readonly Case[] = [
  ...FRAMING,
  ...PING_PONG,
  ...RESERVED_BITS,
  ...OPCODES,
  ...FRAGMENTATION,
  ...UTF8,
  ...CLOSING,
  ...LIMITS,
  ...ODD_FRAGMENTS,
  ...COMPRESSION,
  ...MESSAGES,
  ...FRAMES,
  ...HANDSHAKE,
  ...NEGOTIATION,
  ...CLOSE_CODES,
  ...VERSIONS,
  ...DRAFTS,
];

/** The groups in words, by the first part of a case's number. */
export const GROUPS: ReadonlyMap<string, string> = new Map([
  ['1', 'Framing'],
  ['2', 'Pings and pongs'],
  ['3', 'Reserved bits'],
  ['4', 'Opcodes'],
  ['5', 'Fragmentation'],
  ['6', 'UTF-8'],
  ['7', 'Closing handshake'],
  ['9', 'Limits'],
  ['10', 'Fragments of odd size'],
  ['12', 'permessage-deflate, plain'],
  ['13', 'permessage-deflate, asked'],
  ['E', 'Compressed messages'],
  ['F', 'Frames'],
  ['H', 'Opening handshake'],
  ['S', 'Subprotocols, extensions'],
  ['C', 'Close codes'],
  ['V', 'Versions 7 and 8'],
  ['D', 'Drafts 75 and 76'],
]);

export function groupOf(id: string): string {
  return id.split('.')[0]!;
}

export interface Choice {
  readonly role: Role;
  readonly full: boolean;
  /** Patterns with `*`, one of which must match; empty: all cases. */
  readonly patterns: readonly string[];
}

export function choose({ role, full, patterns }: Choice): Case[] {
  return CASES.filter(
    ({ id, roles, fullOnly = false }) =>
      (roles?.includes(role) ?? true) && (full || !fullOnly) && matches(id, patterns),
  );
}

/** Whether a case's number is among those that are wanted; no patterns mean all. */
export function matches(id: string, patterns: readonly string[]): boolean {
  return patterns.length === 0 || patterns.some((pattern) => matcher(pattern).test(id));
}

/** @throws {RangeError} that names each of `patterns` which none of the numbers `ids` matches */
export function checkPatterns(patterns: readonly string[], ids: readonly string[]): void {
  const idle = patterns.filter((pattern) => !ids.some((id) => matches(id, [pattern])));
  if (idle.length === 0) return;
  const named = idle.map((pattern) => `'${pattern}'`).join(', ');
  throw new RangeError(`--cases: no case of this run has a number like ${named}`);
}

/** `9.*`, `6.4.3`; `7` and `7.3` mean all of what is below them. */
function matcher(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${escaped}(\\..*)?$`, 'i');
}
