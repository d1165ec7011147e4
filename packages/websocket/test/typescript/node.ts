/** A program of an application on Node, without the browser's types. */
import { createServer } from 'node:http';
import WebSocket, { Client, ConnectError, type MessageEvent } from '@ws/websocket';

const server = createServer();

server.on('upgrade', (request, socket, head) => {
  const ws = new WebSocket(request, socket, head);
  ws.on('message', ({ data }) => {
    const text: string = typeof data === 'string' ? data : data.toString('utf8');
    console.log(data.length, Buffer.from(data), JSON.parse(text));
  });
  ws.on('close', ({ cause }) => console.log(cause?.code));
  // @ts-expect-error -- the listener gets an event, not the data
  ws.on('message', (data: Buffer) => console.log(data));
});

const views = new Client<'arraybuffer'>('ws://localhost/');
views.binaryType = 'arraybuffer';
views.onmessage = ({ data }: MessageEvent<'arraybuffer'>) => {
  if (typeof data !== 'string') console.log(new DataView(data).getUint8(0));
};
views.onerror = ({ error }) => {
  if (error.code === 'WS_ERR_UNEXPECTED_STATUS') console.log(error.statusCode);
  if (error instanceof ConnectError) console.log(error.body?.toString());
  // @ts-expect-error -- there is no such code
  console.log(error.code === 'WS_ERR_UNEXPECTED_STATE');
};
