/** One application in a conversation: does what it is told, and writes down what it sees. */
import { createHash } from 'node:crypto';
import type { MessageData, Role, SendData, WebSocket } from '@ws/connection';
import { encodeFragments, OPCODE } from '@ws/frame-parser';
import type { Act, Form } from './conversation';
import type { FaultySide } from './faulty-duplex';
import { READERS, type Reader } from './readers';

/** A callback that has to be called once. */
export interface Promised {
  readonly what: string;
  calls: number;
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
  wasClean = false;
  /** What it was told of by `error`. */
  error: Error | null = null;
  /** The code that the connection closed with; 0 before that. */
  code = 0;
  /** `send()` has said to wait, and nothing has said to go on. */
  waitsForDrain = false;
  /** It has closed, and holds nothing back any more. */
  left = false;
  private readonly hasOnlyText: boolean;
  private count = 0;

  /** @param hasOnlyText whether the protocol version has no bytes: all that is sent is text then */
  constructor(ws: WebSocket, role: Role, stream: FaultySide, reader: Reader, hasOnlyText: boolean) {
    this.hasOnlyText = hasOnlyText;
    this.ws = ws;
    this.role = role;
    this.stream = stream;
    for (const type of ['open', 'error', 'close'] as const) {
      ws.on(type, () => this.events.push(type));
    }
    ws.on('error', ({ error }) => (this.error = error));
    ws.on('close', ({ code, wasClean }) => Object.assign(this, { code, wasClean }));
    ws.on('drain', () => (this.waitsForDrain = false));
    READERS[reader](this);
  }

  act(act: Exclude<Act, { readonly do: 'wait' }>): void {
    const { ws } = this;
    if ('length' in act) this.speak(this.hasOnlyText ? 'text' : act.do, act.length);
    else if (act.do === 'ping') this.ping();
    else if (act.do === 'close') ws.close(1000);
    else ws[act.do]();
  }

  /** Closes, and holds nothing back from then on. */
  leave(): void {
    this.left = true;
    this.ws.resume();
    this.ws.close(1000);
  }

  take(data: MessageData): void {
    this.heard.push(keyOf(data as string | Uint8Array));
  }

  /** Expects the callback that it returns to be called once. */
  promise(what: string): () => void {
    const promised: Promised = { what, calls: 0 };
    this.promised.push(promised);
    return () => promised.calls++;
  }

  private speak(form: Form, length: number): void {
    if (form === 'text') this.sendText(this.nextText('x', length));
    else if (form === 'noise') this.sendText(`${this.count++}:${noise(length)}`);
    else if (form === 'fragments') this.sendFragments(length);
    else this.sendBytes(length, form);
  }

  private sendText(text: string): void {
    this.send(text, keyOf(text));
  }

  private sendBytes(length: number, form: 'binary' | 'blob'): void {
    const bytes = Buffer.from(this.nextText('y', length), 'latin1');
    this.send(form === 'blob' ? new Blob([bytes]) : bytes, keyOf(bytes));
  }

  private send(data: SendData, key: string): void {
    const { ws } = this;
    if (ws.readyState <= ws.OPEN) this.sent.push(key);
    const called = this.promise(`send ${key}`);
    const hasRoom = ws.send(data, (error) => {
      called();
      if (isDropped(error)) this.sent.splice(this.sent.indexOf(key), 1);
    });
    if (ws.readyState === ws.OPEN) this.waitsForDrain = !hasRoom;
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

/** Not sent at all, though the connection is open: what comes behind it may be. */
function isDropped(error: Error | null): boolean {
  return hasCode(error, 'WS_ERR_SLOW_READER');
}

/** A message as short text that compares: it begins with a number that no other message has. */
function keyOf(data: string | Uint8Array): string {
  const kind = typeof data === 'string' ? 'text' : 'binary';
  const bytes = Buffer.from(data);
  const digest = createHash('sha1').update(bytes).digest('hex').slice(0, 8);
  return `${kind} ${bytes.toString('latin1', 0, 10)} (${bytes.byteLength} bytes, ${digest})`;
}
