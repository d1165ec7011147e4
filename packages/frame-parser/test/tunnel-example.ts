import { encodeFrame, MessageDecoder, OPCODE, SERVER, type MessageSink } from '@ws/frame-parser';

/** Speaks WebSocket to a client whose bytes come through `tunnel`, whatever that is. */
export function serve(tunnel: { write(bytes: Uint8Array): void }): (chunk: Uint8Array) => void {
  const send = (opcode: number, payload: Uint8Array | string): void =>
    tunnel.write(encodeFrame(SERVER, { opcode, payload }));
  const sink: MessageSink = {
    onText: (text) => send(OPCODE.TEXT, text.toUpperCase()),
    onBinary: (data) => send(OPCODE.BINARY, data),
    onReserved: () => {},
    onPing: (data) => send(OPCODE.PONG, data),
    onPong: () => {},
    onClose: () => send(OPCODE.CLOSE, ''),
    onViolation: (violation) => console.error(violation),
  };
  const decoder = new MessageDecoder(SERVER, sink);
  return (chunk) => decoder.push(chunk);
}
