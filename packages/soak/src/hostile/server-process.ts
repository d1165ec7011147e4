/** The process of the server under attack; its argument is the peer's name. */
import { answerCalls } from '@ws/child-process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ECHO_SERVERS, type EchoOptions, type PeerName } from './echo-servers';
import { goFirst } from './priority';

/** Bytes of the whole process. */
export interface Residence {
  readonly now: number;
  /** The most there has been. */
  readonly most: number;
}

export interface ServerCalls {
  /** Resolves with the port. */
  listen(options: EchoOptions): Promise<number>;
  residence(): Residence;
}

const BACKLOG = 1024;

goFirst();
answerCalls<ServerCalls>({
  listen(options) {
    const server = createServer();
    ECHO_SERVERS[process.argv[2] as PeerName](server, options);
    return new Promise((resolve) => {
      server.listen({ port: 0, host: '127.0.0.1', backlog: BACKLOG }, () => {
        resolve((server.address() as AddressInfo).port);
      });
    });
  },
  residence: () => ({
    now: process.memoryUsage.rss(),
    most: process.resourceUsage().maxRSS * 1024,
  }),
});
