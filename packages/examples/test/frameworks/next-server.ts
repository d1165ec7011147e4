/** A process with Next.js in development and a WebSocketServer. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { answerCalls } from '../../../child-process/src/calls';
import { startNextServer } from '../../src/frameworks/next';
import type { DevServerCalls } from './dev-servers';

answerCalls<DevServerCalls>({
  async start(folder) {
    process.env['NEXT_TELEMETRY_DISABLED'] = '1';
    process.chdir(folder);
    const server = await startNextServer(0);
    if (!server.listening) await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  },
});
