/** Every difference that a peer is allowed is one that it has. */
import { encodeFrame, OPCODE, type Role, CLIENT, SERVER } from '@ws/frame-parser';
import { decode, MAX_FRAGMENTS } from '../bytes/told';
import { DRIVER_DIFFERENCES, tellWithDriver } from './driver';
import * as verdict from './verdict';
import { tellWithWs, WS_DIFFERENCES } from './ws';

const { disagreement } = verdict;

interface Example {
  readonly at: Role;
  readonly wire: Uint8Array;
}

/** What shows each difference. */
const EXAMPLES = new Map<verdict.Difference, Example>([
  [verdict.LENIENT_LENGTHS, { at: CLIENT, wire: Uint8Array.of(0x82, 126, 0, 1, 7) }],
  [verdict.LENIENT_MASKS, { at: CLIENT, wire: Uint8Array.of(0x82, 0x81, 0, 0, 0, 0, 7) }],
  [verdict.LATE_UTF8, { at: CLIENT, wire: Uint8Array.of(1, 1, 0xff) }],
  [verdict.NO_FRAGMENT_LIMIT, { at: CLIENT, wire: fragments(MAX_FRAGMENTS + 1) }],
  [verdict.OLD_CLOSE_CODES, { at: CLIENT, wire: Uint8Array.of(0x88, 2, 1012 >> 8, 1012 & 0xff) }],
]);

function fragments(count: number): Uint8Array {
  const frame = { fin: false, payload: '' };
  return Buffer.concat(
    Array.from({ length: count }, (_, index) =>
      encodeFrame(SERVER, { ...frame, opcode: index === 0 ? OPCODE.TEXT : OPCODE.CONTINUATION }),
    ),
  );
}

const named = (differences: readonly verdict.Difference[]): [string, verdict.Difference][] =>
  differences.map((difference) => [difference.name, difference]);

test.each(named(WS_DIFFERENCES))('ws %s', async (_, difference) => {
  const { at, wire } = EXAMPLES.get(difference)!;
  const theirs = await tellWithWs(at, wire, []);
  expect(disagreement(decode(at, wire), theirs, [])).not.toBeNull();
  expect(disagreement(decode(at, wire), theirs, [difference])).toBeNull();
});

test.each(named(DRIVER_DIFFERENCES))('websocket-driver %s', (_, difference) => {
  const { at, wire } = EXAMPLES.get(difference)!;
  const theirs = tellWithDriver(at, wire, []);
  expect(disagreement(decode(at, wire), theirs, [])).not.toBeNull();
  expect(disagreement(decode(at, wire), theirs, [difference])).toBeNull();
});
