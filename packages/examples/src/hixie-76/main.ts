/** An old device and a new client, at the same server. */
import WebSocket from '@ws/websocket';
import { nextMessage } from '../support/next-message';
import { show } from '../support/show';
import { Device } from './device';
import { startReadingServer } from './server';

show(startReadingServer, async (url) => {
  const device = new Device(Number(new URL(url).port));
  console.log('device:', await device.connected());
  device.send('21.5 °C');
  console.log('device: received', await device.receive());
  await device.close();

  const ws = new WebSocket(url);
  ws.send('21.5 °C');
  console.log('client: received', await nextMessage(ws));
  ws.close(1000);
  await ws.closed;
});
