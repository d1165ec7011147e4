/** `websocket` as its README shows it. It brings a native add-on of its own. */
import { server as WebSocketServer, type connection, type Limits, type Message } from 'websocket';
import { roleOf, type Peer } from './peer';

/** Of its defaults only the limits are too low for the cells, and messages are to be single frames. */
export const SETTINGS: Limits = {
  maxReceivedFrameSize: 2 ** 26,
  maxReceivedMessageSize: 2 ** 26,
  fragmentOutgoingMessages: false,
};

export const peer: Peer = {
  attach(httpServer) {
    const subscribers = new Set<connection>();
    new WebSocketServer({ httpServer, ...SETTINGS }).on('request', (request) => {
      const ws = request.accept(null, null);
      switch (roleOf({ url: request.resource })) {
        case 'echo':
          ws.on('message', (message) => ws.send(dataOf(message)));
          break;
        case 'subscribe':
          subscribers.add(ws);
          ws.on('close', () => subscribers.delete(ws));
          break;
        case 'publish':
          ws.on('message', (message) => {
            for (const subscriber of subscribers) subscriber.send(dataOf(message));
          });
      }
    });
  },
};

export function dataOf(message: Message): string | Buffer {
  return message.type === 'utf8' ? message.utf8Data : message.binaryData;
}
