/** The client of the READMEs: the lines between the markers, with a URL filled in. */
// #region readme
import WebSocket from '@ws/websocket';

// #endregion

/** Connects, says hello, and closes after the answer. */
export function startClient(url: string): WebSocket {
  // #region readme
  const ws = new WebSocket(url);

  ws.onopen = () => ws.send('hello');
  ws.onmessage = ({ data }) => {
    console.log('received', data);
    ws.close(1000, 'thank you');
  };
  ws.onerror = ({ message }) => console.error('failed:', message);
  ws.onclose = ({ code, reason }) => console.log('closed', code, reason);
  // #endregion
  return ws;
}
