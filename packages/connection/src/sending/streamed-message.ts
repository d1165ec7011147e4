/**
 * A message that is sent while its source still makes it: one part after the other, each when the
 * network has taken enough of those before. It ends once: all of it was handed to the network; its
 * source has failed; or the connection has ended.
 */
import { ConnectionError } from '../lifecycle/connection-error';
import { inThisContext } from '../support/scheduling';
import { awaitTurn, shareOfTurn, spend } from '../support/turns';
import type { ChunkSource } from './chunk-source';
import type { MessagePieces } from './message-pieces';
import type { PartOutput } from './part-output';
import type { SendCallback } from './written-callbacks';

/** Bytes that cost as much of a turn of the event loop as a frame does. */
const BYTES_PER_COST = 1024;

export class StreamedMessage {
  /** Whether extensions may compress it. */
  readonly compress: boolean;
  /** It is not going to be sent: the connection ends, or has no room. */
  readonly stop: SendCallback;
  private readonly source: ChunkSource;
  private readonly pieces: MessagePieces;
  private readonly callback: SendCallback;
  private readonly run: (output: PartOutput) => void;
  private output: PartOutput | null = null;
  private leave: () => void = () => undefined;
  private share = 0;
  private isOver = false;

  /** @param callback called when all was handed to the network, or with why it will not be */
  constructor(
    source: ChunkSource,
    pieces: MessagePieces,
    compress: boolean,
    callback: SendCallback,
  ) {
    this.source = source;
    this.pieces = pieces;
    this.compress = compress;
    this.callback = callback;
    this.run = inThisContext((output) => void this.send(output));
    this.stop = inThisContext((error) => this.giveUp(error));
  }

  /** Its turn has come. @returns done when it is in the outbox, or is not going to be */
  begin(output: PartOutput): void | Promise<void> {
    if (this.isOver) return;
    return new Promise((resolve) => {
      this.leave = resolve;
      this.output = output;
      this.run(output);
    });
  }

  /** The source has failed, or the application wants it to go no further. */
  readonly fail = (cause: unknown): void => {
    if (!this.isOver) this.break(new ConnectionError('WS_ERR_SOURCE_FAILED', { cause }));
  };

  private async send(output: PartOutput): Promise<void> {
    let last: Uint8Array;
    try {
      await this.sendParts(output);
      last = this.pieces.end();
    } catch (error) {
      this.fail(error);
      return;
    }
    if (this.isOver) return;
    try {
      await output.finish(last, this.pieces.isText!, this.callback);
    } catch (error) {
      this.break(error as ConnectionError);
    }
    this.isOver = true;
    this.leave();
  }

  private async sendParts(output: PartOutput): Promise<void> {
    this.share = shareOfTurn();
    while (!this.isOver && (await this.sendChunk(output))) await this.spend(1);
  }

  /** @returns whether there may be more */
  private async sendChunk(output: PartOutput): Promise<boolean> {
    const { done, value } = await this.source.next();
    if (done === true) return false;
    for (const piece of this.pieces.of(await value, output.partLength)) {
      if (this.isOver) return false;
      await this.put(piece, output);
      await this.spend(Math.floor(piece.byteLength / BYTES_PER_COST));
    }
    return true;
  }

  /** Done when there may be another part. */
  private put(piece: Uint8Array, output: PartOutput): Promise<void> {
    return new Promise((resolve) => {
      const whenTaken = (error: Error | null): void => {
        if (error !== null) this.stop(error);
        resolve();
      };
      output.put(piece, this.pieces.isText!, whenTaken).then(
        (waits) => {
          if (!waits) resolve();
        },
        (error: unknown) => {
          this.break(error as ConnectionError);
          resolve();
        },
      );
    });
  }

  /** A source that is quicker than the network keeps no other connection waiting. */
  private async spend(cost: number): Promise<void> {
    spend(cost);
    this.share -= cost;
    if (this.share > 0) return;
    await new Promise<void>((resolve) => awaitTurn({ onTurn: resolve }));
    this.share = shareOfTurn();
  }

  private break(error: ConnectionError): void {
    if (this.isOver) return;
    this.output?.abandon(error);
    this.giveUp(error);
  }

  private giveUp(error: Error | null): void {
    if (this.isOver) return;
    this.isOver = true;
    this.source.cancel(error);
    this.callback(error);
    this.leave();
  }
}
