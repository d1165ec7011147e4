/** `ws.sendStream()`: its arguments, checked, and its promise. */
import { ConnectionError } from '../lifecycle/connection-error';
import { chunkSource, type ChunkSource, type SendSource } from '../sending/chunk-source';
import { MessagePieces } from '../sending/message-pieces';
import type { StreamSender } from '../sending/stream-sender';
import { StreamedMessage } from '../sending/streamed-message';
import { whenAborted } from '../support/abort-listeners';
import type { SendCallback } from '../sending/written-callbacks';
import { streamSettings, type SendStreamOptions, type StreamSettings } from './send-options';

/** See `WebSocket.sendStream`. */
export function sendStream(
  sender: StreamSender,
  source: SendSource,
  options: SendStreamOptions | null,
): Promise<void> {
  const { sent, settle } = settling();
  try {
    startStream(sender, chunkSource(source), streamSettings(options), settle);
  } catch (error) {
    settle(error as TypeError);
  }
  return sent;
}

function startStream(
  sender: StreamSender,
  chunks: ChunkSource,
  { text, compress, signal }: StreamSettings,
  settle: SendCallback,
): void {
  let forgetSignal = (): void => undefined;
  const message = new StreamedMessage(chunks, new MessagePieces(text), compress, (error) => {
    forgetSignal();
    settle(error === null ? null : asConnectionError(error));
  });
  if (signal !== null) forgetSignal = whenAborted(signal, () => message.fail(signal.reason));
  sender.sendStream(message);
}

/** A promise, and what settles it. */
function settling(): { readonly sent: Promise<void>; readonly settle: SendCallback } {
  let settle: SendCallback = () => undefined;
  const sent = new Promise<void>((resolve, reject) => {
    settle = (error) => (error === null ? resolve() : reject(error));
  });
  return {
    sent,
    settle(error) {
      // What the peer and the network do is told by events: it must not crash who does not wait for this.
      if (isEnding(error)) sent.catch(() => undefined);
      settle(error);
    },
  };
}

/** An error of the stream means that the connection has ended. */
function asConnectionError(error: Error): ConnectionError {
  if (error instanceof ConnectionError) return error;
  return new ConnectionError('WS_ERR_NOT_SENT', { cause: error });
}

/** Whether the connection is why, and not the source or an argument. */
function isEnding(error: Error | null): boolean {
  return error instanceof ConnectionError && error.code !== 'WS_ERR_SOURCE_FAILED';
}
