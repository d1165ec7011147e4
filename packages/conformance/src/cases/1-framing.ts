/** Group 1: whole messages of the lengths where the length field changes its form (RFC 6455 §5.2). */
import { binary, binaryEvent, exactly, filled, send, text, textEvent } from '../model/builders';
import type { Case, Delivery } from '../model/case';
import { NORMAL } from '../model/closing-rules';

const SIZES: readonly (readonly [size: number, delivery: Delivery])[] = [
  [0, {}],
  [125, {}],
  [126, {}],
  [127, {}],
  [128, {}],
  [65_535, {}],
  [65_536, {}],
  [65_536, { chop: 997 }],
];

export const FRAMING: readonly Case[] = [
  ...SIZES.map((size, i) => framing(`1.1.${i + 1}`, 'text', size)),
  ...SIZES.map((size, i) => framing(`1.2.${i + 1}`, 'binary', size)),
];

function framing(
  id: string,
  kind: 'text' | 'binary',
  [size, delivery]: (typeof SIZES)[number],
): Case {
  const isText = kind === 'text';
  const chopped = delivery.chop === undefined ? '' : ` in writes of ${delivery.chop} octets`;
  return {
    id,
    title: `A ${kind} message of ${size} octets${chopped}`,
    expects: 'The message comes back as it was sent; then the connection closes cleanly.',
    closing: NORMAL,
    script: () => {
      const payload = filled(size, isText ? '*' : Buffer.from([0xfe]));
      return {
        steps: [send(isText ? text(payload) : binary(payload), delivery)],
        outcomes: exactly(isText ? textEvent(payload) : binaryEvent(payload)),
      };
    },
  };
}
