/**
 * The server process in Node: one peer on one port, and what it has cost so far.
 *
 * Its argument is the peer's name. Only the peer's own code and Node's run here.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadPeer } from './peers';
import { answerServerCalls } from './server-calls';

const BACKLOG = 1024;

answerServerCalls({
  async listen(options) {
    const server = createServer();
    (await loadPeer(process.argv[2]!)).attach(server, options);
    return new Promise((resolve) => {
      server.listen({ port: 0, host: '127.0.0.1', backlog: BACKLOG }, () => {
        resolve((server.address() as AddressInfo).port);
      });
    });
  },
});
