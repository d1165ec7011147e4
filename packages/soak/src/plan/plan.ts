/**
 * What one connection is going to do. It follows from the seed and the connection's number alone:
 * the number travels in the URL, so both ends know the plan without another word.
 */
import type { ProtocolVersion } from '@ws/handshake';
import type { Compression } from './compression';
import type { Expectation } from './ending';
import { BAD_ANSWERS, FAULT_NAMES, FAULTS, type FaultName } from './faults';
import { integer, pick, randomOf, type Random, type Weighted } from './random';

export interface Plan {
  readonly id: number;
  readonly seed: number;
  /** Who connects: this toolkit's client, or the raw one. */
  readonly speaker: 'client' | 'raw';
  readonly version: ProtocolVersion;
  readonly secure: boolean;
  readonly compression: Compression;
  /** Whether the server watches for silence by pings, or for want of messages. */
  readonly watch: 'none' | 'ping' | 'idle';
  /** Whether both ends stop reading for a moment now and then. */
  readonly pauses: boolean;
  /** Echoes until the end, or until the fault. */
  readonly messages: number;
  /** Milliseconds from one message to the next. */
  readonly interval: number;
  readonly closer: 'client' | 'server';
  readonly code: number;
  readonly fault: FaultName | null;
  /** Who accepts it: `new WebSocket()` in a listener of `upgrade`, or a `WebSocketServer`. */
  readonly host: 'constructor' | 'toolkit';
}

/** What is closed with when the run is over, by the client or by the `WebSocketServer`; no plan has it. */
export const RUN_OVER = 3999;

/** Where the paths of the `WebSocketServer` begin. */
export const TOOLKIT_PATH = '/toolkit/';

const FAULTY_SHARE = 0.15;
/** A client may close with fewer codes than a server. */
const CODES: Readonly<Record<Plan['closer'], Weighted<number>>> = {
  client: [1000, 3000, 4999].map((code) => [1, code]),
  server: [1000, 1001, 1008, 1012, 4000].map((code) => [1, code]),
};
const VERSIONS: Weighted<Pick<Plan, 'speaker' | 'version'>> = [
  [70, { speaker: 'client', version: 'hybi-13' }],
  [6, { speaker: 'client', version: 'hybi-08' }],
  [4, { speaker: 'raw', version: 'hybi-08' }],
  [7, { speaker: 'raw', version: 'hybi-07' }],
  [7, { speaker: 'raw', version: 'hixie-76' }],
  [6, { speaker: 'raw', version: 'hixie-75' }],
];
const COMPRESSIONS: Weighted<Compression> = [
  [6, 'none'],
  [3, 'deflate'],
  [2, 'takeover'],
];
const WATCHES: Weighted<Plan['watch']> = [
  [8, 'none'],
  [1, 'ping'],
  [1, 'idle'],
];
const ALL_FAULTS: Weighted<FaultName> = FAULT_NAMES.map((name) => [FAULTS[name].weight, name]);

export function planOf(seed: number, id: number): Plan {
  const random = randomOf(seed, id);
  const fault = random() < FAULTY_SHARE ? pick(random, ALL_FAULTS) : null;
  const { speaker, version } = fault === null ? pick(random, VERSIONS) : faulty(random, fault);
  const isOurs = speaker === 'client';
  const closer = isFatal(fault) || random() < 0.5 ? 'client' : 'server';
  return {
    id,
    seed,
    speaker,
    version,
    secure: isOurs && random() < 0.06,
    compression: isOurs ? pick(random, COMPRESSIONS) : fault === 'bomb' ? 'deflate' : 'none',
    watch: watchFor(random, fault),
    pauses: random() < 0.1,
    messages: integer(random, 1, 16),
    interval: integer(random, 2000, 6000),
    closer,
    code: pick(random, CODES[closer]),
    fault,
    host: isBadAnswer(fault) || random() < 0.5 ? 'constructor' : 'toolkit',
  };
}

function isBadAnswer(fault: FaultName | null): boolean {
  return BAD_ANSWERS.some((name) => name === fault);
}

/** The path of its URL, which has the number. */
export function pathOf({ id, host }: Plan): string {
  return host === 'toolkit' ? `${TOOLKIT_PATH}${id}` : `/${id}`;
}

function faulty(random: Random, name: FaultName): Pick<Plan, 'speaker' | 'version'> {
  const { speaker, versions } = FAULTS[name];
  return { speaker, version: versions[integer(random, 0, versions.length - 1)]! };
}

function watchFor(random: Random, fault: FaultName | null): Plan['watch'] {
  if (fault === 'silent') return 'ping';
  if (fault === 'idle') return 'idle';
  return pick(random, WATCHES);
}

/** The ways in which one end may see the connection end; one for the end of the run is among them. */
export function expectationsOf(plan: Plan, end: 'client' | 'server'): readonly Expectation[] {
  const hasCode = !plan.version.startsWith('hixie');
  const drainer = plan.host === 'toolkit' ? 'server' : 'client';
  const drained = closing(end === drainer, hasCode ? RUN_OVER : 1000);
  if (isFatal(plan.fault)) return [FAULTS[plan.fault][end], drained];
  return [closing(plan.closer === end, hasCode ? plan.code : 1000), drained];
}

/** A clean end: the code that was sent comes back. */
function closing(isCloser: boolean, code: number): Expectation {
  return { initiator: isCloser ? 'local' : 'remote', sent: code, received: code };
}

/** Whether the fault is how the connection ends. */
export function isFatal(fault: FaultName | null): fault is FaultName {
  return fault !== null && FAULTS[fault].phase !== 'passing';
}

/** A plan in messages about it. */
export function kindOf({ version, fault, closer }: Plan): string {
  return `${version}, ${fault ?? `closed by the ${closer}`}`;
}
