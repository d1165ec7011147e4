/** A server with five clients gets SIGTERM: all are told within OVER milliseconds (2000), and the process ends by itself. */
import WebSocket from '@ws/websocket';
import { startDeployedServer } from '../how-to/graceful-deployment';
import { urlOf } from '../support/show';

async function main(): Promise<void> {
  process.env['OVER'] ??= '2000';
  const url = await urlOf(startDeployedServer(0));
  const clients = Array.from({ length: 5 }, () => new WebSocket(url));
  await Promise.all(clients.map((ws) => ws.opened));
  console.log(`${clients.length} clients are connected; now comes SIGTERM`);

  const start = performance.now();
  for (const ws of clients) {
    ws.on('close', ({ code, reason }) => {
      const after = (performance.now() - start).toFixed();
      console.log(`closed with ${code} ${reason}, after ${after} ms`);
    });
  }
  process.on('exit', () => console.log('nothing is left to do: the process ends'));
  process.kill(process.pid, 'SIGTERM');
}

void main();
