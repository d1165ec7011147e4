/** The client of `faye-websocket`, as its README shows it. */
import FayeWebSocket from 'faye-websocket';
import { urlOf, type Client } from './client';
import { echoW3c } from './w3c';

export const client: Client = {
  connect: (port) => echoW3c(new FayeWebSocket.Client(urlOf(port))),
};
