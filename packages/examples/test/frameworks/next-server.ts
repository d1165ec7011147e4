/** A process with Next.js, in development or in production, and a WebSocketServer. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { answerCalls } from '../../../child-process/src/calls';
import { startNextServer } from '../../src/frameworks/next';
import type { DevServerCalls } from './dev-servers';

answerCalls<DevServerCalls>({
  async start(folder, kind) {
    process.chdir(folder);
    Object.assign(process.env, { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: kind });
    if (kind === 'production') {
      execFileSync(process.execPath, [require.resolve('next/dist/bin/next'), 'build']);
    }
    const server = await startNextServer(0);
    if (!server.listening) await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  },
});
