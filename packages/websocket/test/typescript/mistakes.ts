/** A program that does not compile: what the compiler says is to help. */
import WebSocket from '@ws/websocket';

export const ws: WebSocket = new WebSocket('ws://localhost/');

ws.on('message', (data: Buffer) => console.log(data.length));
ws.once('mesage', () => undefined);
