/** This toolkit's client, through its W3C interface. */
import WebSocket from '@ws/websocket';
import { urlOf, type Client } from './client';
import { echoW3c } from './w3c';

export const client: Client = {
  connect: (port) => echoW3c(new WebSocket(urlOf(port))),
};
