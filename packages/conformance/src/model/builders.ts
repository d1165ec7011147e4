/** The vocabulary that the cases are written in: frames, events, steps. */
import type {
  Delivery,
  ExchangeStep,
  FrameSpec,
  Message,
  Outcome,
  PartStep,
  PauseStep,
  PeerEvent,
  SendStep,
} from './case';

export type Payload = string | Buffer;

export const CONTINUATION = 0x0;
export const TEXT = 0x1;
export const BINARY = 0x2;
export const CLOSE = 0x8;
export const PING = 0x9;
export const PONG = 0xa;

/** In `rsv` of a frame: the message is compressed (RFC 7692 §6). */
export const RSV1 = 0x4;

export function frame(opcode: number, payload: Payload = '', rsv = 0): FrameSpec {
  return { opcode, fin: true, rsv, payload: octets(payload) };
}

export const text = (payload: Payload = '', rsv = 0): FrameSpec => frame(TEXT, payload, rsv);
export const binary = (payload: Payload = '', rsv = 0): FrameSpec => frame(BINARY, payload, rsv);
export const more = (payload: Payload = ''): FrameSpec => frame(CONTINUATION, payload);
export const ping = (payload: Payload = ''): FrameSpec => frame(PING, payload);
export const pong = (payload: Payload = ''): FrameSpec => frame(PONG, payload);

/** A closing frame: empty, with a code, or with a code and a reason (RFC 6455 §5.5.1). */
export function close(code?: number, reason: Payload = ''): FrameSpec {
  if (code === undefined) return frame(CLOSE);
  const head = Buffer.alloc(2);
  head.writeUInt16BE(code);
  return frame(CLOSE, Buffer.concat([head, octets(reason)]));
}

/** The same frame without FIN. */
export const unfinished = (given: FrameSpec): FrameSpec => ({ ...given, fin: false });

/** The same frame with reserved bits. */
export const reserved = (given: FrameSpec, rsv: number): FrameSpec => ({ ...given, rsv });

/**
 * A message cut into frames of `size` octets. The final frame is empty when the last octets fill
 * one: a sender that streams learns of the end only then.
 */
export function fragments(opcode: number, payload: Buffer, size: number): FrameSpec[] {
  const frames: FrameSpec[] = [];
  for (let at = 0; at < payload.length; at += size) {
    frames.push(
      unfinished(frame(at === 0 ? opcode : CONTINUATION, payload.subarray(at, at + size))),
    );
  }
  if (payload.length % size === 0) return [...frames, frame(CONTINUATION)];
  const last = frames.pop()!;
  return [...frames, { ...last, fin: true }];
}

/** One octet in each frame, and an empty final one. */
export const octetwise = (payload: Payload): FrameSpec[] => fragments(TEXT, octets(payload), 1);

export function send(frames: FrameSpec | readonly FrameSpec[], delivery: Delivery = {}): SendStep {
  return { do: 'send', frames: 'opcode' in frames ? [frames] : frames, ...delivery };
}

export function part(given: FrameSpec, from: number, to: number): PartStep {
  return { do: 'part', frame: given, from, to };
}

export function pause(ms: number, quick: number, name = ''): PauseStep {
  return { do: 'pause', name, ms, quick };
}

export function exchange(
  rounds: number,
  quickRounds: number,
  source: () => () => Message,
  fragment?: number,
): ExchangeStep {
  return { do: 'exchange', rounds, quickRounds, source, fragment };
}

/** The events a frame or message is answered with. */
export const pongEvent = (payload: Payload = ''): PeerEvent => event('pong', payload);
export const textEvent = (payload: Payload = ''): PeerEvent => event('text', payload);
export const binaryEvent = (payload: Payload = ''): PeerEvent => event('binary', payload);

/** The only acceptable course. */
export const exactly = (...events: PeerEvent[]): Outcome[] => [{ behavior: 'OK', events }];

/** What came before a violation is answered; an endpoint that is less than strict answers nothing. */
export const strictly = (...events: PeerEvent[]): Outcome[] => [
  { behavior: 'OK', events },
  { behavior: 'NON-STRICT', events: [] },
];

export const hex = (digits: string): Buffer => Buffer.from(digits, 'hex');

/** `size` octets of a repeated pattern. */
export const filled = (size: number, pattern: Payload): Buffer =>
  size === 0 ? Buffer.alloc(0) : Buffer.alloc(size, pattern);

export const octets = (payload: Payload): Buffer =>
  typeof payload === 'string' ? Buffer.from(payload) : payload;

function event(kind: PeerEvent['kind'], payload: Payload): PeerEvent {
  return { kind, data: octets(payload) };
}
