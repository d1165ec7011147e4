/**
 * `ws.pipe(destination)`: what `stream.pipe()` is, for messages. The destination decides how fast they
 * come.
 */
import type { AnyMessageData } from '../receiving/message-data';
import type { StreamSocket } from './stream-socket';
import { chunkOf, requireBytes } from './message-chunk';
import { MessageFeed, type MessageSink } from './message-feed';
import { targetOf, type PipeDestination, type Piped, type PipeTarget } from './pipe-target';

export interface PipeOptions {
  /** Whether the destination is ended when the WebSocket has closed. Default true; never for stdout and stderr. */
  end?: boolean | null | undefined;
}

/** Begins to pipe; see `WebSocket.pipe`. */
export function pipe(
  ws: StreamSocket,
  destination: PipeDestination,
  options: PipeOptions | null,
): void {
  requireBytes(ws);
  const isStandard = [process.stdout, process.stderr].includes(destination as never);
  new Piping(ws, destination, options?.end !== false && !isStandard);
}

class Piping implements MessageSink, Piped {
  private readonly destination: PipeDestination;
  private readonly target: PipeTarget;
  private readonly ends: boolean;
  private readonly feed: MessageFeed;

  constructor(ws: StreamSocket, destination: PipeDestination, ends: boolean) {
    this.destination = destination;
    this.ends = ends;
    this.target = targetOf(destination);
    this.feed = new MessageFeed(ws, this, null);
    this.target.add(this);
    this.feed.more();
  }

  onMessage(data: AnyMessageData): boolean {
    return this.target.write(chunkOf(data), this);
  }

  onEnd(): void {
    this.target.remove(this);
    if (this.ends) this.destination.end();
  }

  onDrain(): void {
    this.feed.more();
  }

  onGone(): void {
    this.target.remove(this);
    this.feed.detach();
  }
}
