/**
 * What goes wrong on purpose, as data: who does it, in which protocol versions, and how each end
 * then has to see the connection end.
 */
import type { ProtocolVersion } from '@ws/handshake';
import type { Expectation } from './ending';

export type FaultName =
  | 'reset'
  | 'halfClose'
  | 'garbage'
  | 'badUtf8'
  | 'oversized'
  | 'bomb'
  | 'silent'
  | 'idle'
  | 'stall'
  | 'cutRequest'
  | 'cutKey3'
  | 'badRequest'
  | 'closeEarly'
  | 'clientTerminates'
  | 'serverTerminates'
  | 'serverGarbage'
  | 'serverRefuses'
  | 'serverHangsUp'
  | 'wrongAccept';

/** The faults that are what the server answers to a handshake. */
export type BadAnswer = 'serverGarbage' | 'serverRefuses' | 'serverHangsUp' | 'wrongAccept';
export const BAD_ANSWERS: readonly BadAnswer[] = [
  'serverGarbage',
  'serverRefuses',
  'serverHangsUp',
  'wrongAccept',
];

export interface Fault {
  readonly text: string;
  /** How often it occurs, beside the other faults. */
  readonly weight: number;
  /** Who connects: this toolkit's client, or the raw one that can break the rules. */
  readonly speaker: 'client' | 'raw';
  readonly versions: readonly ProtocolVersion[];
  /** When: in place of the opening handshake, some messages later, or (a stall) without an end. */
  readonly phase: 'opening' | 'open' | 'passing';
  /** What the server has to see; never looked at when the server does not see a request. */
  readonly server: Expectation;
  readonly client: Expectation;
}

const ANY: Expectation = {};
const HYBI: readonly ProtocolVersion[] = ['hybi-13', 'hybi-08', 'hybi-07'];
const FRAMED: readonly ProtocolVersion[] = [...HYBI, 'hixie-76'];
const OURS: readonly ProtocolVersion[] = ['hybi-13', 'hybi-08'];
const NEWEST: readonly ProtocolVersion[] = ['hybi-13'];

const LOST: Expectation = { initiator: 'network', received: null };
const TIMED_OUT: Expectation = { initiator: 'timeout', sent: null, received: null };
const REFUSED: Expectation = { initiator: 'protocol', sent: null, received: null };
const GIVEN_UP: Expectation = { initiator: 'local', received: null };

function failed(code: number): Pick<Fault, 'server' | 'client'> {
  return {
    server: { initiator: 'protocol', sent: code, received: null },
    client: { received: code },
  };
}

// prettier-ignore
export const FAULTS: Readonly<Record<FaultName, Fault>> = {
  reset:            { text: 'a reset in the middle of a message',      weight: 4, speaker: 'raw', versions: FRAMED, phase: 'open', server: LOST, client: ANY },
  halfClose:        { text: 'an end without a closing frame',          weight: 4, speaker: 'raw', versions: FRAMED, phase: 'open', server: LOST, client: ANY },
  garbage:          { text: 'a frame that breaks the rules',           weight: 4, speaker: 'raw', versions: HYBI,   phase: 'open', ...failed(1002) },
  badUtf8:          { text: 'text that is not UTF-8',                  weight: 2, speaker: 'raw', versions: HYBI,   phase: 'open', ...failed(1007) },
  oversized:        { text: 'a message that is too big',               weight: 2, speaker: 'raw', versions: HYBI,   phase: 'open', ...failed(1009) },
  bomb:             { text: 'a small message that inflates to 64 MiB', weight: 1, speaker: 'raw', versions: NEWEST, phase: 'open', ...failed(1009) },
  silent:           { text: 'no answer to a ping',                     weight: 2, speaker: 'raw', versions: HYBI,   phase: 'open', server: TIMED_OUT, client: LOST },
  idle:             { text: 'no more messages',                        weight: 2, speaker: 'raw', versions: FRAMED, phase: 'open', server: TIMED_OUT, client: LOST },
  stall:            { text: 'nothing read for a while',                weight: 4, speaker: 'raw', versions: FRAMED, phase: 'passing', server: ANY, client: ANY },
  cutRequest:       { text: 'a request that breaks off',               weight: 2, speaker: 'raw', versions: HYBI,   phase: 'opening', server: LOST, client: ANY },
  cutKey3:          { text: 'a hixie-76 request without its key',      weight: 2, speaker: 'raw', versions: ['hixie-76'], phase: 'opening', server: LOST, client: ANY },
  badRequest:       { text: 'a request of an unknown version',         weight: 2, speaker: 'raw', versions: HYBI,   phase: 'opening', server: REFUSED, client: ANY },
  closeEarly:       { text: 'close() before the connection is open',   weight: 2, speaker: 'client', versions: OURS, phase: 'opening', server: LOST, client: GIVEN_UP },
  clientTerminates: { text: 'terminate() of the client',               weight: 2, speaker: 'client', versions: OURS, phase: 'open', server: LOST, client: GIVEN_UP },
  serverTerminates: { text: 'terminate() of the server',               weight: 2, speaker: 'client', versions: OURS, phase: 'open', server: GIVEN_UP, client: LOST },
  serverGarbage:    { text: 'a frame of the server that is masked',    weight: 2, speaker: 'client', versions: OURS, phase: 'opening', server: ANY, client: { initiator: 'protocol', sent: 1002, received: null } },
  serverRefuses:    { text: 'a server that is not available',          weight: 1, speaker: 'client', versions: OURS, phase: 'opening', server: ANY, client: REFUSED },
  serverHangsUp:    { text: 'an end in place of an answer',            weight: 1, speaker: 'client', versions: OURS, phase: 'opening', server: ANY, client: LOST },
  wrongAccept:      { text: 'an answer with the wrong key',            weight: 1, speaker: 'client', versions: OURS, phase: 'opening', server: ANY, client: REFUSED },
};

export const FAULT_NAMES: readonly FaultName[] = Object.keys(FAULTS) as FaultName[];
