/** Connects through the proxy that the environment names, if it names one. */
import { Client } from '@ws/websocket';

export function connect(url: string, ca?: string): Client {
  const { HTTPS_PROXY } = process.env; // http://user:password@proxy.example:3128
  return new Client(url, [], { proxy: HTTPS_PROXY, ca });
}
