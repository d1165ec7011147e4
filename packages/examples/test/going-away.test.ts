/**
 * A server in a process of its own gets a signal: all clients are told, and the process ends by itself.
 * `CLIENTS=1000 OVER=2000` for the figures of a large one.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import WebSocket from '@ws/websocket';
import { bundled } from '../../child-process/test/bundled';
import type { Bundled } from '../../child-process/test/bundled';
import { next } from './endings';

const MODULE = join(__dirname, '..', 'src', 'how-to', 'graceful-deployment.ts');
const { CLIENTS = '40', OVER = '200' } = process.env;

let scripts: Bundled;
let child: ChildProcess | null = null;

beforeAll(async () => {
  scripts = await bundled([MODULE]);
});

afterAll(() => scripts.remove());

afterEach(() => {
  child?.kill('SIGKILL');
});

/** Starts the program; gives its port. */
async function start(): Promise<number> {
  const program = `
    const server = require(${JSON.stringify(join(scripts.folder, 'graceful-deployment.js'))}).startDeployedServer(0);
    server.on('listening', () => console.log(server.address().port));
  `;
  child = spawn(process.execPath, ['-e', program], {
    env: { ...process.env, OVER },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = (await once(createInterface(child.stdout!), 'line')) as [string];
  return Number(port);
}

/** A client that never ends its side. */
async function halfOpen(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }).on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s: all get 1012, and it exits with 0',
  async (signal) => {
    const port = await start();
    const clients = Array.from(
      { length: Number(CLIENTS) },
      () => new WebSocket(`ws://127.0.0.1:${port}/`),
    );
    await Promise.all(clients.map(({ opened }) => opened));
    const endings = clients.map(async (ws) => {
      const { code, reason, wasClean, timeStamp } = await next(ws, 'close');
      return { ending: `${code} ${reason} ${wasClean}`, timeStamp };
    });
    const [idle, refused] = [await halfOpen(port), await halfOpen(port)];
    refused.write('GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n');
    await once(refused.resume(), 'end');
    const exit = once(child!, 'exit');
    child!.kill(signal);
    const ended = await Promise.all(endings);
    expect([...new Set(ended.map(({ ending }) => ending))]).toEqual(['1012 restart true']);
    expect(await exit).toEqual([0, null]);
    for (const socket of [idle, refused]) socket.destroy();
    if ('CLIENTS' in process.env) {
      const times = ended.map(({ timeStamp }) => timeStamp - ended[0].timeStamp);
      process.stdout.write(`${times.length} closed within ${Math.max(...times).toFixed()} ms\n`);
    }
  },
);
