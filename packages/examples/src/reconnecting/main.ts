/** Two libraries of npm that connect again by themselves, with this WebSocket inside. */
import WebSocket from '@ws/websocket';
import PartySocket from 'partysocket/ws';
import ReconnectingWebSocket from 'reconnecting-websocket';
import { Greeter } from './server';

/** They call it with a URL and subprotocols; options are given here. The ping finds a server that has vanished. */
class Client extends WebSocket {
  constructor(url: string, protocols?: string | string[]) {
    super(url, protocols, { ping: 30 });
  }
}

const OPTIONS = { WebSocket: Client, minReconnectionDelay: 100, maxReconnectionDelay: 1000 };

/** What is used of both. */
type Reconnecting = PartySocket | ReconnectingWebSocket;

function nextMessage(ws: Reconnecting): Promise<unknown> {
  return new Promise((resolve) => {
    ws.onmessage = ({ data }: { data: unknown }) => resolve(data);
  });
}

function nextClose(ws: Reconnecting): Promise<string> {
  return new Promise((resolve) => {
    ws.onclose = ({ code, reason }: { code: number; reason: string }) =>
      resolve(`${code} ${reason}`);
  });
}

async function outlive(
  name: string,
  greeter: Greeter,
  connect: (url: string) => Reconnecting,
): Promise<void> {
  const ws = connect(await greeter.start());
  console.log(`${name}: received`, await nextMessage(ws));
  const closed = nextClose(ws);
  const again = nextMessage(ws);
  await greeter.stop();
  console.log(`${name}: closed with`, await closed);
  await greeter.start();
  console.log(`${name}: received`, await again, 'from the new server');
  ws.close();
  await greeter.stop();
}

async function main(): Promise<void> {
  const greeter = new Greeter();
  await outlive('partysocket', greeter, (url) => new PartySocket(url, [], OPTIONS));
  await outlive(
    'reconnecting-websocket',
    greeter,
    (url) => new ReconnectingWebSocket(url, [], OPTIONS),
  );
}

void main();
