/**
 * Where the parts of a message go: each into a frame of its own, in the outbox. One message at a time,
 * and nothing but control frames in between (RFC 6455 §5.4).
 */
import type { OutgoingParts, Pipeline } from '@ws/extensions';
import { OPCODE } from '@ws/frame-parser';
import { ConnectionError } from '../lifecycle/connection-error';
import type { ConnectionSettings } from '../options';
import type { SenderOwner } from './sender-owner';
import type { SendCallback } from './written-callbacks';

/** What the parts of one message are put into. */
export interface PartOutput {
  /** Bytes, or characters, that a part has at most. */
  readonly partLength: number;
  /**
   * Takes a part; its memory is free when the promise is fulfilled.
   *
   * @param isText whether the message is
   * @returns whether the network should take what waits before there is another part: `whenTaken` is
   * called then. Rejects with a `ConnectionError`: an extension has failed, or the peer's protocol
   * version has no such message
   */
  put(part: Uint8Array, isText: boolean, whenTaken: SendCallback): Promise<boolean>;
  /** Takes the last part; `callback` is called when it was handed to the network, or cannot be. */
  finish(part: Uint8Array, isText: boolean, callback: SendCallback): Promise<void>;
  /** There will be no last part: ends the connection, unless nothing of the message has left. */
  abandon(error: ConnectionError): void;
}

/** The account of what waits. */
export interface PartAccount {
  readonly settings: ConnectionSettings;
  /** A payload was put into the outbox. */
  box(byteLength: number): void;
  /** All of a message is in the outbox. */
  messageSent(byteLength: number, isText: boolean, isCompressed: boolean): void;
}

/** @param compress whether extensions may compress the message */
export function partOutput(
  owner: SenderOwner,
  account: PartAccount,
  pipeline: Pipeline | undefined,
  compress: boolean,
): PartOutput {
  if (!owner.protocol.wire.hasFragments) return new GatheringOutput(owner, account);
  return new FragmentOutput(owner, account, pipeline ?? null, compress);
}

/** Parts that the outbox copies into the memory that it uses again and again: no garbage is left. */
const PLAIN_PART = 8192;
/** Extensions do better with more at a time, but more than this may be work for another thread. */
const EXTENDED_PART = 16_384;

/** Without extensions. */
const UNCHANGED: OutgoingParts = { rsv: 0, push: (part) => part };

/** One frame for every part. */
class FragmentOutput implements PartOutput {
  private readonly owner: SenderOwner;
  private readonly account: PartAccount;
  private readonly pipeline: Pipeline | null;
  private readonly compress: boolean;
  readonly partLength: number;
  private parts: OutgoingParts | null = null;
  private isFirst = true;
  private byteLength = 0;

  constructor(
    owner: SenderOwner,
    account: PartAccount,
    pipeline: Pipeline | null,
    compress: boolean,
  ) {
    this.owner = owner;
    this.account = account;
    this.pipeline = pipeline;
    this.compress = compress;
    this.partLength = pipeline === null ? PLAIN_PART : EXTENDED_PART;
  }

  put(part: Uint8Array, isText: boolean, whenTaken: SendCallback): Promise<boolean> {
    return this.append(part, isText, false, whenTaken);
  }

  async finish(part: Uint8Array, isText: boolean, callback: SendCallback): Promise<void> {
    await this.append(part, isText, true, callback);
  }

  /** Extensions cannot take a message back either. */
  abandon(error: ConnectionError): void {
    if (this.parts !== null) this.owner.failLocally(error);
  }

  /**
   * @param whenTaken called for the last part, and for one with which enough waits
   * @returns whether it is going to be
   */
  private async append(
    part: Uint8Array,
    isText: boolean,
    isLast: boolean,
    whenTaken: SendCallback,
  ): Promise<boolean> {
    const { owner, account } = this;
    const opcode = isText ? OPCODE.TEXT : OPCODE.BINARY;
    const parts = (this.parts ??= this.begin(opcode));
    const data = await extended(parts, part, isLast);
    if (owner.protocol.state !== 'open') return false;
    account.box(part.byteLength);
    this.byteLength += part.byteLength;
    if (data.byteLength === 0 && !isLast) return false;
    if (this.isFirst) owner.protocol.sendFrame(opcode, parts.rsv, data, isLast);
    else owner.protocol.sendFrame(OPCODE.CONTINUATION, 0, data, isLast);
    this.isFirst = false;
    if (isLast) account.messageSent(this.byteLength, isText, parts.rsv !== 0);
    owner.keepAlive?.messagePassed();
    // At once: it may be written before anybody goes on.
    const isAwaited = isLast || this.isFull;
    if (isAwaited) owner.transport.whenWritten(whenTaken);
    owner.transport.scheduleFlush();
    return isAwaited;
  }

  private get isFull(): boolean {
    return this.owner.transport.waitingBytes >= this.account.settings.highWaterMark;
  }

  private begin(opcode: number): OutgoingParts {
    const { pipeline, compress } = this;
    if (pipeline === null) return UNCHANGED;
    const { maxBufferedAmount } = this.account.settings;
    return pipeline.outgoingParts({ opcode, rsv: 0, compress }, maxBufferedAmount);
  }
}

async function extended(
  parts: OutgoingParts,
  part: Uint8Array,
  isLast: boolean,
): Promise<Uint8Array> {
  try {
    const data = await parts.push(part, isLast);
    // The part is the source's; a long one that was let pass would be kept by reference.
    return data.buffer === part.buffer && parts !== UNCHANGED ? Buffer.from(data) : data;
  } catch (cause) {
    throw new ConnectionError('WS_ERR_NOT_SENT', { cause });
  }
}

/**
 * For protocol versions without fragments: text is gathered, up to `maxBufferedAmount`, and nothing has
 * begun before its end.
 */
class GatheringOutput implements PartOutput {
  private readonly owner: SenderOwner;
  private readonly account: PartAccount;
  readonly partLength: number = EXTENDED_PART;
  private readonly parts: Uint8Array[] = [];
  private byteLength = 0;

  constructor(owner: SenderOwner, account: PartAccount) {
    this.owner = owner;
    this.account = account;
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- rejects
  async put(part: Uint8Array, isText: boolean): Promise<boolean> {
    if (!isText) throw new ConnectionError('WS_ERR_NO_BINARY');
    this.byteLength += part.byteLength;
    if (this.byteLength > this.account.settings.maxBufferedAmount) throw this.tooLong();
    this.parts.push(Uint8Array.from(part));
    return false;
  }

  async finish(part: Uint8Array, isText: boolean, callback: SendCallback): Promise<void> {
    await this.put(part, isText);
    const { owner, account } = this;
    const byteLength = owner.protocol.sendText(Buffer.concat(this.parts).toString());
    account.box(byteLength);
    account.messageSent(byteLength, isText, false);
    owner.transport.whenWritten(callback);
    owner.transport.scheduleFlush();
  }

  abandon(): void {
    this.parts.length = 0;
  }

  private tooLong(): ConnectionError {
    const { version } = this.owner.protocol.wire;
    const { maxBufferedAmount } = this.account.settings;
    const cause = new RangeError(
      `${version} has no fragments: a message is gathered, up to maxBufferedAmount (${maxBufferedAmount} bytes)`,
    );
    return new ConnectionError('WS_ERR_NOT_SENT', { cause });
  }
}
