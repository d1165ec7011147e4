/** This toolkit as its README shows it: the umbrella class, through its W3C interface. */
import WebSocket, { type ServerOptions } from '@ws/websocket';
import { roleOf, type Peer, type PeerOptions } from './peer';
import { serveW3c } from './w3c';

export const peer: Peer = peerWith({});

/** The same with options that are no defaults. */
export function peerWith(more: ServerOptions): Peer {
  return {
    attach(server, options) {
      const subscribers = new Set<WebSocket>();
      const settings = settingsOf(options, more);
      server.on('upgrade', (request, socket, head) => {
        const ws = new WebSocket(request, socket, head, [], settings);
        serveW3c(ws, roleOf(request), subscribers);
      });
    },
  };
}

/** Undefined where the defaults are meant, as in the README. */
function settingsOf(
  { deflate, maxLength }: PeerOptions,
  more: ServerOptions,
): ServerOptions | undefined {
  const isDefault = deflate === false && maxLength === undefined && Object.keys(more).length === 0;
  return isDefault ? undefined : { deflate, maxLength, ...more };
}
