/** The WebSocketStream of the README: the lines between the markers, with a URL filled in. */
// #region readme
import { WebSocketStream } from '@ws/websocket/stream';

// #endregion

/** Asks a server that echoes. */
export async function askByStream(url: string): Promise<void> {
  // #region readme
  async function ask(question: string): Promise<string | Uint8Array | undefined> {
    const stream = new WebSocketStream(url);
    const { readable, writable } = await stream.opened;
    await writable.getWriter().write(question);
    const { value } = await readable.getReader().read();
    stream.close({ closeCode: 1000, reason: 'thank you' });
    await stream.closed;
    return value;
  }

  console.log(await ask('hello'));
  // #endregion
}
