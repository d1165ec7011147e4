/** Group 3: reserved bits that no extension has given a meaning (RFC 6455 §5.2). */
import {
  binary,
  close,
  exactly,
  hex,
  ping,
  reserved,
  send,
  strictly,
  text,
  textEvent,
} from '../model/builders';
import type { Case, Delivery, FrameSpec } from '../model/case';
import { PROTOCOL_ERROR } from '../model/closing-rules';

const HELLO = 'Hello, world!';

export const RESERVED_BITS: readonly Case[] = [
  alone('3.1', 'Text with RSV3', text(HELLO, 1)),
  behindText('3.2', 'RSV2', 2, {}),
  behindText('3.3', 'RSV2 and RSV3, frame by frame', 3, { sync: true }),
  behindText('3.4', 'RSV1, octet by octet', 4, { chop: 1 }),
  alone('3.5', 'Octets with RSV1 and RSV3', binary(hex('00fffefdfcfb00ff'), 5)),
  alone('3.6', 'Octets with RSV1 and RSV2', binary(HELLO, 6)),
  alone('3.7', 'A closing frame with all reserved bits', reserved(close(), 7)),
];

function alone(id: string, title: string, frame: FrameSpec): Case {
  return {
    id,
    title,
    expects: 'The connection fails, and nothing comes back.',
    closing: PROTOCOL_ERROR,
    script: () => ({ steps: [send(frame)], outcomes: exactly() }),
  };
}

function behindText(id: string, bits: string, rsv: number, delivery: Delivery): Case {
  return {
    id,
    title: `Good text, then text with ${bits}, then a ping`,
    expects: 'The good text comes back; then the connection fails, and the ping is not answered.',
    closing: PROTOCOL_ERROR,
    script: () => ({
      steps: [send([text(HELLO), text(HELLO, rsv), ping()], delivery)],
      outcomes: strictly(textEvent(HELLO)),
    }),
  };
}
