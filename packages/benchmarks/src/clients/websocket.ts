/** The client of `websocket`, as its README shows it. */
import { client as WebSocketClient } from 'websocket';
import { dataOf, SETTINGS } from '../peers/websocket';
import { urlOf, type Client } from './client';

export const client: Client = {
  connect: (port) =>
    new Promise((resolve, reject) => {
      new WebSocketClient(SETTINGS)
        .on('connectFailed', reject)
        .on('connect', (ws) => {
          ws.on('message', (message) => ws.send(dataOf(message)));
          resolve();
        })
        .connect(urlOf(port));
    }),
};
