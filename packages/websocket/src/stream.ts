/**
 * `@ws/websocket/stream`, experimental: the WebSocketStream that Chromium proposes, a client whose
 * messages are web streams. It follows the proposal, and changes with it.
 */
import { Client, type ClientOptions } from '@ws/client';
import { WebSocketStreamError as WebSocketError } from '@ws/connection';
import type { WebSocketCloseOptions, WebStreams } from '@ws/connection';

export { WebSocketError };
export type { WebSocketCloseOptions, WebStreams };

/** The proposal's options, and beside them those of `Client`. */
export interface WebSocketStreamOptions extends ClientOptions {
  /** Subprotocols, by preference. Default: none. */
  protocols?: readonly string[] | null | undefined;
  /** Gives up the opening handshake when it aborts; without effect once that is over. */
  signal?: AbortSignal | null | undefined;
}

/** What was opened. */
export interface WebSocketOpenInfo extends WebStreams {
  /** The extensions that were agreed on, as in the header; `''` if none. */
  readonly extensions: string;
  /** The subprotocol that the server has chosen; `''` if none. */
  readonly protocol: string;
}

/** How both sides have closed. */
export interface WebSocketCloseInfo {
  /** The code received; 1005 if the peer gave none. */
  readonly closeCode: number;
  /** The reason received. */
  readonly reason: string;
}

/** A client whose messages are web streams. */
export class WebSocketStream {
  readonly #ws: Client;
  readonly #opened: Promise<WebSocketOpenInfo>;
  readonly #closed: Promise<WebSocketCloseInfo>;

  /**
   * Dials a URL.
   *
   * @throws what `Client` throws
   */
  constructor(url: string | URL, options?: WebSocketStreamOptions | null) {
    const { protocols, signal, ...rest } = options ?? {};
    const ws = new Client(url, protocols, rest);
    const aborted = !signal ? null : giveUpWhenAborted(ws, signal);
    this.#ws = ws;
    this.#opened = opening(ws, aborted);
    this.#closed = ending(ws, aborted);
    // Whoever asks for one of the two need not ask for the other.
    this.#opened.catch(() => undefined);
    this.#closed.catch(() => undefined);
  }

  /** The URL that was dialled. */
  get url(): string {
    return this.#ws.url;
  }

  /**
   * The streams, once the connection is open. Rejected with a `WebSocketError`, whose `cause` is the
   * error, when it cannot be opened; with the signal's reason when that aborts.
   */
  get opened(): Promise<WebSocketOpenInfo> {
    return this.#opened;
  }

  /** How both sides have closed; rejected, as `opened`, when the connection ends in another way. */
  get closed(): Promise<WebSocketCloseInfo> {
    return this.#closed;
  }

  /**
   * Starts the closing handshake behind all that was written, or gives up the opening one.
   *
   * @throws {DOMException} InvalidAccessError: a code that may not be sent; SyntaxError: the reason is too long
   */
  close({ closeCode, reason }: WebSocketCloseOptions = {}): void {
    this.#ws.close(closeCode, reason);
  }
}

/** Tells whether the signal has ended the opening handshake. */
function giveUpWhenAborted(ws: Client, signal: AbortSignal): () => AbortSignal | null {
  let opened = false;
  const abort = (): void => ws.terminate();
  const forget = (): void => signal.removeEventListener('abort', abort);
  ws.once('open', () => (opened = true))
    .once('open', forget)
    .once('close', forget);
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort);
  return () => (signal.aborted && !opened ? signal : null);
}

type Aborted = (() => AbortSignal | null) | null;

async function opening(ws: Client, aborted: Aborted): Promise<WebSocketOpenInfo> {
  try {
    await ws.opened;
  } catch (cause) {
    throw failure(cause as Error, aborted);
  }
  const { extensions, protocol } = ws;
  return { ...ws.webStreams(), extensions, protocol };
}

async function ending(ws: Client, aborted: Aborted): Promise<WebSocketCloseInfo> {
  const { wasClean, cause, code, reason } = await ws.closed;
  if (!wasClean) throw failure(cause, aborted);
  return { closeCode: code, reason };
}

function failure(cause: Error | null, aborted: Aborted): unknown {
  const signal = aborted?.() ?? null;
  if (signal !== null) return signal.reason;
  return Object.assign(new WebSocketError(cause?.message), { cause });
}
