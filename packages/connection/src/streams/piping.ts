/**
 * `ws.pipe(destination)`: what `stream.pipe()` is, for messages. The destination decides how fast they
 * come.
 */
import type { MessageData } from '../receiving/message-data';
import type { StreamSocket } from './stream-socket';
import { chunkOf, requireBytes, type MessageChunk } from './message-chunk';
import { MessageFeed, type MessageSink } from './message-feed';

/** What messages can be piped to: a stream of Node's, a WebSocket, or anything that is like them. */
export interface PipeDestination {
  /** Takes a message; exactly false says to wait for `drain`. */
  write(message: MessageChunk): unknown;
  end(): unknown;
  once(type: 'drain' | 'close', listener: () => void): unknown;
}

export interface PipeOptions {
  /** Whether the destination is ended when the WebSocket has closed. Default true; never for stdout and stderr. */
  end?: boolean | undefined;
}

/** Begins to pipe; see `WebSocket.pipe`. */
export function pipe(ws: StreamSocket, destination: PipeDestination, { end }: PipeOptions): void {
  requireBytes(ws);
  const isStandard = [process.stdout, process.stderr].includes(destination as never);
  new Piping(ws, destination, end !== false && !isStandard);
}

class Piping implements MessageSink {
  private readonly destination: PipeDestination;
  private readonly ends: boolean;
  private readonly feed: MessageFeed;

  constructor(ws: StreamSocket, destination: PipeDestination, ends: boolean) {
    this.destination = destination;
    this.ends = ends;
    this.feed = new MessageFeed(ws, this, null);
    destination.once('close', () => this.feed.detach());
    this.feed.more();
  }

  onMessage(data: MessageData): boolean {
    if (this.destination.write(chunkOf(data)) !== false) return true;
    this.destination.once('drain', () => this.feed.more());
    return false;
  }

  onEnd(): void {
    if (this.ends) this.destination.end();
  }
}
