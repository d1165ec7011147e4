/** The promises of the README: the lines between the markers, with a URL filled in. */
// #region readme
import WebSocket from '@ws/websocket';

// #endregion

/** Says hello to the server, and goes. */
export async function visit(url: string): Promise<void> {
  // #region readme
  const ws = new WebSocket(url);

  try {
    await ws.opened;
    ws.send('hello');
    ws.close(1000, 'only looking in');
  } catch (error) {
    console.error('could not connect:', error);
  }
  const { code, wasClean, cause } = await ws.closed;
  console.log('closed', code, wasClean, cause);
  // #endregion
}
