/**
 * What extensions make of the application's messages, on a connection that has agreed on some: bytes
 * for the network, at once unless something takes time.
 */
import type { Awaitable, ExtensionMessage, Pipeline } from '@ws/extensions';
import { OPCODE as OPCODES } from '@ws/frame-parser';
import { isText } from '../receiving/text-buffer';
import { LONG_TEXT } from '../support/turns';
import type { EncodedOnce } from './encoded-once';
import { encodeInTurns } from './text-in-turns';

// What a package's index exports is looked up by a getter at every use: too dear for every message.
export const TEXT: number = OPCODES.TEXT;
const { BINARY } = OPCODES;

/** Whether to use `encodeLong()`. */
export function isLongText(data: unknown): data is string {
  return typeof data === 'string' && data.length >= LONG_TEXT;
}

/** A message as it goes to the network. */
export interface EncodedMessage extends ExtensionMessage {
  /** Of the payload as the application has sent it. */
  readonly originalLength: number;
}

export class ExtensionEncoder {
  readonly pipeline: Pipeline;

  constructor(pipeline: Pipeline) {
    this.pipeline = pipeline;
  }

  /** @throws (or rejects with) what an extension throws */
  encode(data: string | Uint8Array, compress: boolean): Awaitable<EncodedMessage> {
    const bytes = typeof data === 'string' ? Buffer.from(data) : data;
    return this.extend(isText(data) ? TEXT : BINARY, bytes, compress);
  }

  /** The same for a message that other connections are sent, too. Where it takes no time, the result may be theirs. */
  encodeOnce(
    { opcode, payload: data, shared }: EncodedOnce,
    compress: boolean,
  ): ExtensionMessage | Promise<EncodedMessage> {
    const result = this.pipeline.outgoing({ opcode, rsv: 0, data, compress, shared });
    if (!('then' in result)) return result;
    return result.then((message) => encoded(message, data.byteLength));
  }

  /**
   * The same for a long text.
   *
   * @param byteLength of the text as UTF-8
   */
  async encodeLong(text: string, byteLength: number, compress: boolean): Promise<EncodedMessage> {
    return this.extend(TEXT, await encodeInTurns(text, byteLength), compress);
  }

  private extend(opcode: number, data: Uint8Array, compress: boolean): Awaitable<EncodedMessage> {
    const { byteLength } = data;
    const result = this.pipeline.outgoing({ opcode, rsv: 0, data, compress });
    if ('then' in result) return result.then((message) => encoded(message, byteLength));
    return encoded(result, byteLength);
  }
}

function encoded({ opcode, rsv, data }: ExtensionMessage, originalLength: number): EncodedMessage {
  return { opcode, rsv, data, originalLength };
}
