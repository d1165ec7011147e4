import type WebSocket from '@ws/websocket';

/** The next message. One is awaited at a time: nothing is lost between two calls, unless several arrive together. */
export function nextMessage(ws: WebSocket): Promise<string | Buffer> {
  return new Promise((resolve, reject) => {
    ws.onmessage = ({ data }) => resolve(data);
    ws.onclose = ({ code, reason }) => reject(new Error(`closed with ${code} ${reason}`));
  });
}
