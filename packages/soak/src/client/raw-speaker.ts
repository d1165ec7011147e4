/**
 * A small client on a plain socket for every protocol version, which can do what a good client
 * cannot: break the rules, vanish, stop listening.
 */
import {
  CLIENT,
  encodeClosePayload,
  encodeFrame,
  encodeHixieText,
  HIXIE_CLOSING_FRAME,
  HixieDecoder,
  MessageDecoder,
  OPCODE,
  type MessageSink,
  type ViolationCode,
} from '@ws/frame-parser';
import { connect, type Socket } from 'node:net';
import { constants, inflateRawSync } from 'node:zlib';
import type { Ending } from '../plan/ending';
import { FAULTS, type FaultName } from '../plan/faults';
import type { Plan } from '../plan/plan';
import { MAX_LENGTH } from '../settings';
import { faultyBytes, halfMessage } from './raw-faults';
import { RawAnswer, requestOf } from './raw-handshake';
import type { Hearer, Route, Speaker } from './speaker';

/** RSV1, the bit of compressed messages. */
const RSV1 = 4;
const DEFLATE_TAIL = Uint8Array.of(0, 0, 0xff, 0xff);
/** What the drafts that have no codes close with. */
const NO_CODE = 1000;

export class RawSpeaker implements Speaker, MessageSink {
  readonly #plan: Plan;
  readonly #hearer: Hearer;
  readonly #socket: Socket;
  readonly #decoder: MessageDecoder | HixieDecoder;
  #answer: RawAnswer | null;
  #isSilent = false;
  #initiator: Ending['initiator'] | null = null;
  #sent: number | null = null;
  #received: number | null = null;

  constructor(plan: Plan, { ports, localAddress }: Route, hearer: Hearer) {
    this.#plan = plan;
    this.#hearer = hearer;
    this.#answer = new RawAnswer(plan.version);
    this.#decoder = this.#isHixie
      ? new HixieDecoder(this, { maxLength: MAX_LENGTH, closingFrame: this.#is('hixie-76') })
      : new MessageDecoder(CLIENT, this, { maxLength: MAX_LENGTH, allowedRsv: RSV1 });
    const socket = connect({ host: '127.0.0.1', port: ports.plain, localAddress });
    socket.setNoDelay(true);
    socket.on('error', (error: NodeJS.ErrnoException) => hearer.failed(error.code ?? error.name));
    socket.on('data', (chunk) => this.#receive(chunk));
    socket.on('end', () => this.#receiveEnd());
    socket.on('close', () => hearer.ended(this.#ending));
    socket.write(requestOf(plan, ports.plain));
    if (plan.fault === 'cutRequest' || plan.fault === 'cutKey3') socket.end();
    this.#socket = socket;
  }

  send(data: string | Buffer): void {
    const opcode = typeof data === 'string' ? OPCODE.TEXT : OPCODE.BINARY;
    if (this.#isHixie) this.#socket.write(encodeHixieText(data as string));
    else this.#sendFrame(opcode, data);
  }

  close(code: number): void {
    if (this.#sent !== null) return;
    this.#initiator ??= 'local';
    this.#sent = this.#isHixie ? NO_CODE : code;
    if (this.#is('hixie-75')) this.#socket.end();
    else if (this.#isHixie) this.#socket.write(HIXIE_CLOSING_FRAME);
    else this.#sendFrame(OPCODE.CLOSE, encodeClosePayload(code));
  }

  terminate(): void {
    this.#socket.destroy();
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  inject(fault: FaultName): void {
    if (FAULTS[fault].phase !== 'open') return;
    const bytes = faultyBytes(fault, this.#plan);
    if (bytes !== null) this.#socket.write(bytes);
    else if (fault === 'silent') this.#isSilent = true;
    else if (fault === 'halfClose') this.#socket.end();
    else if (fault === 'reset') {
      this.#socket.write(halfMessage(this.#plan), () => this.#socket.resetAndDestroy());
    }
  }

  onText(text: string): void {
    this.#hearer.heard(text);
  }

  onBinary(data: Uint8Array): void {
    this.#hearer.heard(data);
  }

  onReserved(opcode: number, _rsv: number, data: Uint8Array): void {
    const whole = Buffer.concat([data, DEFLATE_TAIL]);
    const message = inflateRawSync(whole, { finishFlush: constants.Z_SYNC_FLUSH });
    this.#hearer.heard(opcode === OPCODE.TEXT ? message.toString() : message);
  }

  onPing(data: Uint8Array): void {
    if (!this.#isSilent) this.#sendFrame(OPCODE.PONG, data);
  }

  onPong(): void {
    this.#hearer.failed('unasked pong');
  }

  onClose(code: number): void {
    this.#initiator ??= 'remote';
    this.#received = code;
    this.close(code);
  }

  onViolation(violation: ViolationCode): void {
    this.#hearer.failed(violation);
    this.#socket.destroy();
  }

  get #ending(): Ending {
    const initiator = this.#initiator ?? 'network';
    return { initiator, sent: this.#sent, received: this.#received };
  }

  get #isHixie(): boolean {
    return this.#plan.version.startsWith('hixie');
  }

  #is(version: Plan['version']): boolean {
    return this.#plan.version === version;
  }

  #sendFrame(opcode: number, payload: Uint8Array | string): void {
    if (this.#socket.writable) this.#socket.write(encodeFrame(CLIENT, { opcode, payload }));
  }

  #receive(chunk: Buffer): void {
    if (this.#answer === null) return this.#decoder.push(chunk);
    try {
      const rest = this.#answer.read(chunk);
      if (rest === null) return;
      this.#answer = null;
      this.#hearer.opened();
      if (rest.length > 0) this.#decoder.push(rest);
    } catch (error) {
      this.#hearer.failed((error as Error).message);
      this.#socket.destroy();
    }
  }

  /** In draft 75, the end between two messages is how a peer closes. */
  #receiveEnd(): void {
    if (!this.#is('hixie-75') || this.#answer !== null || this.#decoder.bufferedBytes > 0) return;
    this.onClose(NO_CODE);
  }
}
