/** faye-websocket and the umbrella side by side: what a program gets by changing the module's name. */
import WebSocket from '../../src';

export type WebSocketModule = typeof WebSocket;

export interface NamedModule {
  readonly name: 'faye-websocket' | '@ws/websocket';
  readonly WebSocket: WebSocketModule;
}

/** faye-websocket has no types of its own; here it is used as if it had ours. */
export const MODULES: NamedModule[] = [
  {
    name: 'faye-websocket',
    WebSocket: jest.requireActual<WebSocketModule>('faye-websocket'),
  },
  { name: '@ws/websocket', WebSocket: jest.requireActual<WebSocketModule>('../../src') },
];
