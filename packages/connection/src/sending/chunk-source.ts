/**
 * Where the chunks of a message come from that is sent in parts: one way to ask for the next one, and
 * one to say that no more is wanted, whatever the source is.
 */
import { describe } from '@ws/common';
import { viewOf, type Bytes } from '../api/bytes';

/** Text, or bytes in any of their usual forms. */
export type SendChunk = string | Bytes;

/** A web stream, of whoever's making. */
export interface WebReadable<Chunk> {
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: Chunk | undefined }>;
    cancel(reason?: unknown): Promise<void>;
  };
}

/** A stream of Node's, a web stream, an iterable (asynchronous or not), or a Blob. */
export type SendSource =
  AsyncIterable<SendChunk> | Iterable<SendChunk> | WebReadable<SendChunk> | Blob;

type Result = { readonly done?: boolean | undefined; readonly value?: unknown };

export interface ChunkSource {
  /** Rejects, or throws, with what the source fails with. */
  next(): Result | Promise<Result>;
  /** No more is wanted: the source lets go of what it holds. Never throws. */
  cancel(reason: unknown): void;
}

/** What a source may have, depending on what it is. */
interface Members {
  readonly size?: unknown;
  readonly stream?: unknown;
  readonly getReader?: unknown;
  readonly destroy?: unknown;
  readonly on?: unknown;
  readonly [Symbol.asyncIterator]?: unknown;
  readonly [Symbol.iterator]?: unknown;
}

/** @throws {TypeError} it is no source */
export function chunkSource(source: SendSource): ChunkSource {
  if (isObject(source) && viewOf(source) === null) {
    const members: Members = source;
    if (typeof members.size === 'number' && isFunction(members.stream)) {
      return fromWebStream((source as Blob).stream() as WebReadable<SendChunk>);
    }
    if (isFunction(members.getReader)) return fromWebStream(source as WebReadable<SendChunk>);
    if (isFunction(members[Symbol.asyncIterator])) {
      const iterator = (source as AsyncIterable<SendChunk>)[Symbol.asyncIterator]();
      return isFunction(members.destroy)
        ? fromNodeStream(source, iterator)
        : fromIterator(iterator);
    }
    if (isFunction(members[Symbol.iterator])) {
      return fromIterator((source as Iterable<SendChunk>)[Symbol.iterator]());
    }
  }
  throw new TypeError(
    `cannot send the parts of ${describe(source)}: pass a stream, an iterable or a Blob; a whole message is for send()`,
  );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

function fromIterator(
  iterator: AsyncIterator<SendChunk, unknown> | Iterator<SendChunk, unknown>,
): ChunkSource {
  return {
    next: () => iterator.next(),
    cancel: () => void unheard(() => iterator.return?.()),
  };
}

/** An iterator that waits for a chunk does not hear of its end: the stream does. */
function fromNodeStream(source: object, iterator: AsyncIterator<SendChunk, unknown>): ChunkSource {
  const stream = source as {
    destroy(): unknown;
    on?(type: 'error', listener: () => void): unknown;
  };
  // It may fail before its turn has come: its iterator tells of it then.
  stream.on?.('error', () => undefined);
  return { next: () => iterator.next(), cancel: () => void unheard(() => stream.destroy()) };
}

function fromWebStream(stream: WebReadable<SendChunk>): ChunkSource {
  const reader = stream.getReader();
  return {
    next: () => reader.read(),
    cancel: (reason) => void unheard(() => reader.cancel(reason)),
  };
}

/** What goes wrong in the end of a source that nobody wants any more is nobody's concern. */
async function unheard(action: () => unknown): Promise<void> {
  try {
    await action();
  } catch {
    // nobody is left to be told
  }
}
