import { connect, createServer } from 'node:net';
import type { Duplex } from 'node:stream';
import { CLIENT, connectionSettings, SERVER, WebSocket } from '@ws/connection';
import type { Opening, Role, Session } from '@ws/connection';

/** A WebSocket without a handshake: both ends know what the stream carries. */
export function webSocketOver(stream: Duplex, role: Role): WebSocket {
  const head = new Uint8Array(0);
  const session: Session = { stream, head, version: 'hybi-13', protocol: '', extensions: '' };
  let aborted: Error | null = null;
  const opening: Opening = {
    role,
    url: 'ws://localhost/',
    begin: (listener) => {
      process.nextTick(() => (aborted ? listener.failed(aborted) : listener.opened(session)));
    },
    abort: (reason) => void (aborted = reason),
  };
  return new WebSocket(opening, connectionSettings({ maxLength: 65536 }));
}

export const server = createServer({ allowHalfOpen: true }, (socket) => {
  const ws = webSocketOver(socket, SERVER);
  ws.onmessage = ({ data }) => ws.send(`you said: ${data as string}`);
});

export function say(port: number, text: string, onAnswer: (answer: unknown) => void): WebSocket {
  const ws = webSocketOver(connect(port, '127.0.0.1'), CLIENT);
  ws.send(text);
  ws.onmessage = ({ data }) => {
    onAnswer(data);
    ws.close(1000, 'thanks');
  };
  return ws;
}
