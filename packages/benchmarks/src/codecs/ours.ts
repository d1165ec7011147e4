/** `@ws/frame-parser`. */
import {
  CLIENT,
  encodeFrame,
  MessageDecoder,
  OPCODE,
  SERVER,
  type MessageDecoderOptions,
} from '@ws/frame-parser';
import type { Codec } from './codec';

export const codec: Codec = codecWith({});

export function codecWith(options: MessageDecoderOptions): Codec {
  return {
    parser(onMessage) {
      const decoder = new MessageDecoder(SERVER, sinkFor(onMessage), options);
      return (chunk) => decoder.push(chunk);
    },
    encoder(end, onBytes) {
      const role = end === 'server' ? SERVER : CLIENT;
      return (payload) => {
        const opcode = typeof payload === 'string' ? OPCODE.TEXT : OPCODE.BINARY;
        onBytes(encodeFrame(role, { opcode, payload }));
      };
    },
  };
}

function sinkFor(onMessage: () => void): ConstructorParameters<typeof MessageDecoder>[1] {
  const unexpected = (): never => {
    throw new Error('something else than a message was decoded');
  };
  return {
    onText: onMessage,
    onTextBytes: onMessage,
    onBinary: onMessage,
    onReserved: unexpected,
    onPing: unexpected,
    onPong: unexpected,
    onClose: unexpected,
    onViolation: unexpected,
  };
}
