/** Clients of several ages: what each offers, and what is agreed on. */
import WebSocket from '@ws/websocket';
import type { WebSocketError } from '@ws/websocket';
import { nextMessage } from '../support/next-message';
import { show } from '../support/show';
import { startThermometer } from './server';

const OFFERS = [
  ['thermometer.v2', 'thermometer.v1'],
  ['thermometer.v1'],
  ['thermometer.v3', 'thermometer.v2'],
  ['barometer.v1'],
];

async function read(url: string, offered: string[]): Promise<void> {
  const ws = new WebSocket(url, offered);
  console.log(`offered ${offered.join(', ')}`);
  try {
    await ws.opened;
    console.log(`  agreed on ${ws.protocol}:`, await nextMessage(ws));
    ws.close(1000);
  } catch (error) {
    const { statusCode, body } = error as WebSocketError;
    console.log(`  refused with ${statusCode}: ${body?.toString()}`);
  }
  await ws.closed;
}

show(startThermometer, async (url) => {
  for (const offered of OFFERS) await read(url, offered);
});
