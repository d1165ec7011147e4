/** A client, the gateway of the README, and an upstream: an echo server, or what UPSTREAM names. */
import WebSocket from '@ws/websocket';
import { startEchoServer } from '../readme/echo-server';
import { startGatewayServer } from '../readme/gateway';
import { nextMessage } from '../support/next-message';
import { show, stop, urlOf } from '../support/show';

const upstream = startEchoServer(0);

/** The gateway reads where the upstream is when it starts. */
async function main(): Promise<void> {
  process.env['UPSTREAM'] ??= await urlOf(upstream);
  show(startGatewayServer, async (url) => {
    const ws = new WebSocket(url);
    await ws.opened;
    ws.send('hello');
    console.log('through the gateway:', await nextMessage(ws));
    ws.close(4000, 'goodbye');
    await ws.closed;
    stop(upstream);
    const late = new WebSocket(url);
    await late.closed;
    console.log(`without the upstream the gateway answers ${late.statusCode}`);
  });
}
void main();
