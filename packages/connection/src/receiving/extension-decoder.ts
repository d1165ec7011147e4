/**
 * What extensions make of the peer's messages, on a connection that has agreed on some. One message
 * at a time: while one needs time, nothing more is read, so that all that follows keeps its place (a
 * closing frame, too), and the peer that causes the work waits for it.
 */
import { ExtensionError } from '@ws/extensions';
import type { Awaitable, ExtensionMessage, IncomingParts, Pipeline } from '@ws/extensions';
import { decodeText, isValidUtf8, OPCODE, TOO_LONG } from '@ws/frame-parser';
import type { ViolationCode } from '@ws/frame-parser';
import type { ConnectionSettings } from '../options';
import type { ClosingState } from '../protocol/closing';
import { inTurnOfItsOwn, LONG_TEXT } from '../support/turns';

/** Who gets the messages. */
export interface ExtensionDecoderOwner {
  /** @param byteLength of the text as UTF-8 */
  onText(text: string, byteLength: number, isCompressed: boolean): void;
  onTextBytes(data: Uint8Array, isCompressed: boolean): void;
  onBinary(data: Uint8Array, isCompressed: boolean): void;
  /** So many bytes have been made of what the peer has sent. */
  onRestored(bytes: number): void;
  /** An extension takes time: nothing is to be read until `onExtensionDone()`. */
  onExtensionBusy(): void;
  /** What took time has been delivered. */
  onExtensionDone(): void;
}

/** Who knows whether messages are still wanted, and learns that one cannot be taken. */
export interface Failing {
  readonly state: ClosingState;
  fail(violation: ViolationCode): void;
}

type Settings = Pick<ConnectionSettings, 'maxLength' | 'maxStreamedLength' | 'textType'>;

export class ExtensionDecoder {
  /** With the cause why a message could not be taken. */
  failure: ErrorOptions = {};
  private readonly owner: ExtensionDecoderOwner;
  private readonly protocol: Failing;
  private readonly pipeline: Pipeline;
  private readonly settings: Settings;
  private closed = false;

  /** The limits in `settings` are those of a message once the extensions are through with it. */
  constructor(
    owner: ExtensionDecoderOwner,
    protocol: Failing,
    pipeline: Pipeline,
    settings: Settings,
  ) {
    this.owner = owner;
    this.protocol = protocol;
    this.pipeline = pipeline;
    this.settings = settings;
  }

  receive(opcode: number, rsv: number, data: Uint8Array): void {
    let result;
    try {
      result = this.pipeline.incoming({ opcode, rsv, data }, this.settings.maxLength);
    } catch (error) {
      this.refuse(error);
      return;
    }
    if ('then' in result) void this.await(result, rsv !== 0);
    else this.deliver(result, rsv !== 0);
  }

  /** Begins a message in parts. */
  begin(opcode: number, rsv: number): IncomingParts {
    const { maxLength, maxStreamedLength } = this.settings;
    const limits = { maxBytes: maxStreamedLength, maxGathered: maxLength };
    return this.pipeline.incomingParts({ opcode, rsv }, limits);
  }

  /** Does some of the work on a message in parts; nothing is read until it is done. */
  work(step: () => Awaitable<void>): void {
    let result;
    try {
      result = step();
    } catch (error) {
      this.refuse(error);
      return;
    }
    if (result !== undefined) void this.awaitWork(result);
  }

  /** Ends the extensions of this connection, in both directions. Nothing more is told. */
  close(): void {
    this.closed = true;
    this.pipeline.close();
  }

  private async await(result: Promise<ExtensionMessage>, isCompressed: boolean): Promise<void> {
    this.owner.onExtensionBusy();
    const outcome = await result.then(
      (message) => () =>
        this.isLong(message)
          ? this.deliverLong(message, isCompressed)
          : this.deliver(message, isCompressed),
      (error: unknown) => () => this.refuse(error),
    );
    if (this.closed) return;
    await outcome();
    this.done();
  }

  /** Whether its text is long work. */
  private isLong({ opcode, data }: ExtensionMessage): boolean {
    if (opcode !== OPCODE.TEXT || this.settings.textType === 'buffer') return false;
    return data.byteLength >= LONG_TEXT;
  }

  private async awaitWork(result: Promise<void>): Promise<void> {
    this.owner.onExtensionBusy();
    await result.catch((error: unknown) => {
      if (!this.closed) this.refuse(error);
    });
    this.done();
  }

  private done(): void {
    if (!this.closed) this.owner.onExtensionDone();
  }

  /** To decode a long text takes a turn of the event loop; what the application does, another one. */
  private async deliverLong({ data }: ExtensionMessage, isCompressed: boolean): Promise<void> {
    const text = await inTurnOfItsOwn(() => (this.closed ? null : this.textOf(data)));
    await inTurnOfItsOwn(() => {
      this.owner.onRestored(data.byteLength);
      if (text === null || this.protocol.state !== 'open') return;
      this.owner.onText(text, data.byteLength, isCompressed);
    });
  }

  private deliver({ opcode, data }: ExtensionMessage, isCompressed: boolean): void {
    this.owner.onRestored(data.byteLength);
    if (this.protocol.state !== 'open') return;
    if (opcode !== OPCODE.TEXT) {
      this.owner.onBinary(data, isCompressed);
      return;
    }
    if (this.settings.textType === 'buffer') {
      if (isValidUtf8(data)) this.owner.onTextBytes(data, isCompressed);
      else this.protocol.fail('INVALID_UTF8');
      return;
    }
    const text = this.textOf(data);
    if (text !== null) this.owner.onText(text, data.byteLength, isCompressed);
  }

  /** @returns null if it is none: the connection fails */
  private textOf(data: Uint8Array): string | null {
    if (this.protocol.state !== 'open') return null;
    const text = decodeText(data, 0, data.byteLength);
    if (text !== null && text !== TOO_LONG) return text;
    this.protocol.fail(text === null ? 'INVALID_UTF8' : 'MESSAGE_TOO_BIG');
    return null;
  }

  private refuse(error: unknown): void {
    this.failure = { cause: error };
    const tooBig = error instanceof ExtensionError && error.failure === 'message-too-big';
    this.protocol.fail(tooBig ? 'MESSAGE_TOO_BIG' : 'EXTENSION_FAILED');
  }
}
