/** Group 2: pings and pongs (RFC 6455 §5.5.2 and §5.5.3). */
import { close, exactly, filled, hex, ping, pong, pongEvent, send } from '../model/builders';
import type { Payload } from '../model/builders';
import type { Case, Delivery } from '../model/case';
import { NORMAL, PROTOCOL_ERROR } from '../model/closing-rules';

const LONGEST = filled(125, Buffer.from([0xfe]));
const TOO_LONG = filled(126, Buffer.from([0xfe]));
const ANSWERED = 'A pong with the same payload comes back.';
const IGNORED = 'Nothing comes back: a pong that nobody asked for is no reason to answer.';

export const PING_PONG: readonly Case[] = [
  answered('2.1', 'A ping without payload', ['']),
  answered('2.2', 'A ping with text', ['Hello, world!']),
  answered('2.3', 'A ping with octets that are not UTF-8', [hex('00fffefdfcfb00ff')]),
  answered('2.4', 'A ping with 125 octets', [LONGEST]),
  {
    id: '2.5',
    title: 'A ping with 126 octets',
    expects: 'The connection fails: a control frame has at most 125 octets.',
    closing: PROTOCOL_ERROR,
    script: () => ({ steps: [send(ping(TOO_LONG))], outcomes: exactly() }),
  },
  answered('2.6', 'A ping with 125 octets, octet by octet', [LONGEST], { chop: 1 }),
  unsolicited('2.7', 'A pong without payload that nobody asked for', ''),
  unsolicited('2.8', 'A pong with payload that nobody asked for', 'unsolicited pong payload'),
  {
    id: '2.9',
    title: 'A pong that nobody asked for, then a ping',
    expects: 'One pong comes back, with the payload of the ping.',
    closing: NORMAL,
    script: () => ({
      steps: [send([pong('unsolicited pong payload'), ping('ping payload')])],
      outcomes: exactly(pongEvent('ping payload')),
    }),
  },
  answered('2.10', 'Ten pings at once', tenPayloads()),
  answered('2.11', 'Ten pings at once, octet by octet', tenPayloads(), { chop: 1 }),
];

function answered(id: string, title: string, payloads: Payload[], delivery: Delivery = {}): Case {
  return {
    id,
    title,
    expects: payloads.length === 1 ? ANSWERED : 'Ten pongs come back, in the order of the pings.',
    closing: NORMAL,
    script: () => ({
      steps: [send(payloads.map(ping), delivery)],
      outcomes: exactly(...payloads.map(pongEvent)),
    }),
  };
}

function unsolicited(id: string, title: string, payload: string): Case {
  return {
    id,
    title,
    expects: IGNORED,
    closing: NORMAL,
    script: () => ({ steps: [send([pong(payload), close(1000)])], outcomes: exactly() }),
  };
}

function tenPayloads(): string[] {
  return Array.from({ length: 10 }, (_, i) => `payload-${i}`);
}
