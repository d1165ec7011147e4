/** A Faye server, and what its tests ask of it. */
import http from 'node:http';
import https from 'node:https';
import faye from 'faye';
import selfsigned from 'selfsigned';
import assertRunsOnUs from './runs-on-us.cjs';
import { listen } from './waiting.mjs';

assertRunsOnUs('faye');

export const MOUNT = '/bayeux';

/** A key with its certificate for 127.0.0.1. */
export async function selfSigned() {
  const names = [
    { type: 2, value: 'localhost' },
    { type: 7, ip: '127.0.0.1' },
  ];
  const attributes = [{ name: 'commonName', value: 'localhost' }];
  const pems = await selfsigned.generate(attributes, {
    extensions: [{ name: 'subjectAltName', altNames: names }],
  });
  return { key: pems.private, cert: pems.cert };
}

/** Starts a Faye server; `onRequest` gets each request, those to upgrade too. */
export async function serve({ port, tls, adapterOptions, extensions = [], onRequest } = {}) {
  const adapter = new faye.NodeAdapter({ mount: MOUNT, timeout: 5, ping: 1, ...adapterOptions });
  for (const extension of extensions) adapter.addWebsocketExtension(extension);
  const server = tls === undefined ? http.createServer() : https.createServer(tls);
  const sockets = new Set();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  adapter.attach(server);
  if (onRequest !== undefined) {
    server.prependListener('request', onRequest);
    server.prependListener('upgrade', onRequest);
  }
  const closeSockets = () => sockets.forEach((socket) => socket.destroy());
  const taken = await listen(server, port);
  return {
    adapter,
    http: server,
    port: taken,
    url: `http${tls === undefined ? '' : 's'}://127.0.0.1:${taken}${MOUNT}`,
    closeSockets,
    close() {
      adapter.close();
      server.close();
      closeSockets();
    },
  };
}
