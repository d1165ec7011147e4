/** Group 4: opcodes without a meaning, of data frames and of control frames (RFC 6455 §5.2). */
import { exactly, frame, ping, send, strictly, text, textEvent } from '../model/builders';
import type { Case, Delivery } from '../model/case';
import { PROTOCOL_ERROR } from '../model/closing-rules';

const HELLO = 'Hello, world!';

export const OPCODES: readonly Case[] = [
  ...family('4.1', 'data', 3),
  ...family('4.2', 'control', 11),
];

function family(group: string, kind: string, first: number): Case[] {
  const title = (opcode: number): string => `The reserved ${kind} opcode ${opcode}`;
  return [
    alone(`${group}.1`, `${title(first)}, without payload`, first, ''),
    alone(`${group}.2`, `${title(first + 1)}, with payload`, first + 1, 'reserved opcode payload'),
    behindText(`${group}.3`, `${title(first + 2)}, without payload`, first + 2, ''),
    behindText(`${group}.4`, `${title(first + 3)}, with payload`, first + 3, HELLO),
    behindText(`${group}.5`, `${title(first + 4)}, octet by octet`, first + 4, HELLO, { chop: 1 }),
  ];
}

function alone(id: string, title: string, opcode: number, payload: string): Case {
  return {
    id,
    title,
    expects: 'The connection fails, and nothing comes back.',
    closing: PROTOCOL_ERROR,
    script: () => ({ steps: [send(frame(opcode, payload))], outcomes: exactly() }),
  };
}

function behindText(
  id: string,
  title: string,
  opcode: number,
  payload: string,
  delivery: Delivery = {},
): Case {
  return {
    id,
    title: `${title}, between text and a ping`,
    expects: 'The text comes back; then the connection fails, and the ping is not answered.',
    closing: PROTOCOL_ERROR,
    script: () => ({
      steps: [send([text(HELLO), frame(opcode, payload), ping()], delivery)],
      outcomes: strictly(textEvent(HELLO)),
    }),
  };
}
