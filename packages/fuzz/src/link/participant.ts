/** One application in a conversation: does what it is told, and writes down what it sees. */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { AnyMessageData, Role, SendData, WebSocket } from '@ws/connection';
import { encodeFragments, OPCODE } from '@ws/frame-parser';
import type { Act, Form } from './conversation';
import type { FaultySide } from './faulty-duplex';
import { READERS, type Reader } from './readers';

/** A callback that has to be called once. */
export interface Promised {
  readonly what: string;
  calls: number;
}

/** How an application is set up. */
export interface ParticipantParts {
  readonly role: Role;
  readonly stream: FaultySide;
  readonly reader: Reader;
  /** Whether the protocol version has no bytes. */
  readonly hasOnlyText: boolean;
  /** Less than so many bytes of payloads wait whenever there is a `drain`. */
  readonly drainBelow: number;
}

/** Bytes of UTF-8 in a fragment: characters are cut, too. */
const FRAGMENT_LENGTH = 3;

export class Participant {
  readonly ws: WebSocket;
  readonly role: Role;
  readonly stream: FaultySide;
  /** What it has sent, in order, as text that compares. */
  readonly sent: string[] = [];
  /** What it has received, likewise. */
  readonly heard: string[] = [];
  /** The events other than messages, in order. */
  readonly events: string[] = [];
  readonly promised: Promised[] = [];
  /** What it has seen that must not be. */
  readonly complaints: string[] = [];
  wasClean = false;
  /** What it was told of by `error`. */
  error: Error | null = null;
  /** The code that the connection closed with; 0 before that. */
  code = 0;
  /** `send()` has said to wait, and nothing has said to go on. */
  waitsForDrain = false;
  /** Messages that it has yet to pour. */
  leftToPour = 0;
  /** It listens when it is told to. */
  isTold = false;
  /** It has closed, and holds nothing back any more. */
  left = false;
  private readonly hasOnlyText: boolean;
  private readonly drainBelow: number;
  /** `send()` has said false since the last `drain`. */
  private owedDrain = false;
  private count = 0;

  constructor(ws: WebSocket, parts: ParticipantParts) {
    this.ws = ws;
    this.role = parts.role;
    this.stream = parts.stream;
    this.hasOnlyText = parts.hasOnlyText;
    this.drainBelow = parts.drainBelow;
    for (const type of ['open', 'error', 'close'] as const) {
      ws.on(type, () => this.events.push(type));
    }
    ws.on('error', ({ error }) => (this.error = error));
    ws.on('close', ({ code, wasClean }) => Object.assign(this, { code, wasClean }));
    ws.on('drain', () => this.onDrain());
    READERS[parts.reader](this);
  }

  act(act: Exclude<Act, { readonly do: 'wait' }>): void {
    const { ws } = this;
    if (act.do === 'pour') this.pour(act.length, act.times);
    else if ('length' in act) this.speak(act.do, act.length);
    else if (act.do === 'ping') this.ping();
    else if (act.do === 'close') ws.close(1000);
    else if (act.do === 'listen') this.listen();
    else if (act.do === 'unlisten') ws.off('message', this.hear);
    else ws[act.do]();
    this.look();
  }

  /** Closes, and holds nothing back from then on. */
  leave(): void {
    this.left = true;
    this.ws.resume();
    this.ws.close(1000);
  }

  take(data: AnyMessageData): void {
    this.heard.push(keyOf(data as string | Uint8Array));
    this.look();
  }

  /** Expects the callback that it returns to be called once. */
  promise(what: string): () => void {
    const promised: Promised = { what, calls: 0 };
    this.promised.push(promised);
    return () => promised.calls++;
  }

  private get canSend(): boolean {
    return this.ws.readyState <= this.ws.OPEN;
  }

  private readonly hear = ({ data }: { readonly data: AnyMessageData }): void => this.take(data);

  private listen(): void {
    const { ws } = this;
    ws.off('message', this.hear);
    if (this.isTold) ws.on('message', this.hear);
  }

  private look(): void {
    const { bufferedAmount } = this.ws;
    if (bufferedAmount < 0) this.complaints.push(`a bufferedAmount of ${bufferedAmount}`);
  }

  private onDrain(): void {
    const { bufferedAmount } = this.ws;
    this.look();
    // What is lost with the stream is counted, and does not wait.
    if (this.canSend && this.stream.writable && bufferedAmount >= this.drainBelow) {
      this.complaints.push(`drain while ${bufferedAmount} bytes wait`);
    }
    if (!this.owedDrain) this.complaints.push('a drain that nobody waits for');
    this.owedDrain = this.waitsForDrain = false;
  }

  /** As long as there is room; then it goes on when there is again. */
  private pour(length: number, times: number): void {
    const { ws } = this;
    this.leftToPour += times;
    for (let left = times; left > 0 && this.canSend; left--) {
      this.leftToPour--;
      if (this.sendText(this.nextText('z', length)) || left === 1) continue;
      this.leftToPour -= left - 1;
      ws.once('drain', () => this.pour(length, left - 1));
      return;
    }
  }

  private speak(form: Form, length: number): void {
    if (form === 'noise') this.sendText(`${this.count++}:${noise(length)}`);
    else if (form === 'bytes') this.sendBytes(length, form);
    else if (form === 'text' || this.hasOnlyText) this.sendText(this.nextText('x', length));
    else if (form === 'fragments') this.sendFragments(length);
    else this.sendBytes(length, form);
  }

  private sendText(text: string): boolean {
    return this.send(text, keyOf(text));
  }

  private sendBytes(length: number, form: 'binary' | 'blob' | 'bytes' | 'lent'): void {
    const bytes = new TextEncoder().encode(this.nextText('y', length));
    this.send(form === 'blob' ? new Blob([bytes]) : bytes, keyOf(bytes));
    if (form === 'lent') structuredClone(bytes, { transfer: [bytes.buffer] });
  }

  private send(data: SendData, key: string): boolean {
    const { ws } = this;
    if (this.canSend) this.sent.push(key);
    const called = this.promise(`send ${key}`);
    const hasRoom = ws.send(data, (error) => {
      called();
      this.look();
      if (isDropped(error)) this.sent.splice(this.sent.indexOf(key), 1);
    });
    if (!hasRoom) this.owedDrain = true;
    if (ws.readyState === ws.OPEN) this.waitsForDrain = !hasRoom;
    return hasRoom;
  }

  /** Its callback is promised only if it was sent. */
  private ping(): void {
    const called = this.promise('ping');
    if (!this.ws.ping(this.nextText('ping', 0), called)) this.promised.pop();
  }

  /** A text in fragments, which no WebSocket here sends: straight to the stream, past all else. */
  private sendFragments(length: number): void {
    const { ws, stream, role } = this;
    if (ws.readyState !== ws.OPEN || ws.bufferedAmount > 0 || !stream.writable) return;
    const payload = this.nextText('ü', length);
    this.sent.push(keyOf(payload));
    const frames = encodeFragments(role, { opcode: OPCODE.TEXT, payload }, FRAGMENT_LENGTH);
    for (const frame of frames) stream.write(frame);
  }

  /** No two messages of a participant are the same. */
  private nextText(character: string, length: number): string {
    return `${this.count++}:${character.repeat(length)}`;
  }
}

/** Characters that have no more than six bits each, and no pattern. */
function noise(length: number): string {
  return createHash('shake256', { outputLength: length }).digest('base64').slice(0, length);
}

export function hasCode(error: Error | null, code: string): boolean {
  return error !== null && 'code' in error && error.code === code;
}

/** Not sent at all, though the connection was open: what was sent before it may come behind it. */
function isDropped(error: Error | null): boolean {
  return hasCode(error, 'WS_ERR_SLOW_READER') || hasCode(error, 'WS_ERR_NO_BINARY');
}

/** A message as short text that compares: it begins with a number that no other message has. */
function keyOf(data: string | Uint8Array): string {
  const kind = typeof data === 'string' ? 'text' : 'binary';
  const bytes = Buffer.from(data);
  const checksum = crc32(bytes).toString(16);
  return `${kind} ${bytes.toString('latin1', 0, 10)} (${bytes.byteLength} bytes, ${checksum})`;
}
