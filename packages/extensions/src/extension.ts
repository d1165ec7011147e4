/**
 * What an extension is (RFC 6455 §9): something that two ends agree on by name and parameters, and
 * that then transforms messages, whole or in parts. It never sees a frame, and no control frame.
 */

/** One `;name` or `;name=value` of an offer or an answer. */
export interface ExtensionParameter {
  readonly name: string;
  /** Null when there is no `=`. Of a quoted string, what the quotes hold. */
  readonly value: string | null;
  /** Whether the value came as a quoted string. */
  readonly quoted: boolean;
}

/** In the order they came in, duplicates included. */
export type ExtensionParameters = readonly ExtensionParameter[];

/** A message on its way through the extensions. */
export interface ExtensionMessage {
  /** 1 for text, 2 for binary. */
  readonly opcode: number;
  /** RSV1 · 4 + RSV2 · 2 + RSV3. */
  readonly rsv: number;
  /** Its payload; whoever gets the message owns the bytes and may keep, but not change them. */
  readonly data: Uint8Array;
}

/** A message that the application sends. */
export interface OutgoingMessage extends ExtensionMessage {
  /** False when the application wants this message sent as it is. */
  readonly compress: boolean;
  /**
   * Where a session may keep what it makes of this message, by what that depends on, if other connections may send the very
   * same: those of one broadcast find it there, or wait for it. Keys begin with the extension's name.
   */
  readonly shared?: Map<string, Awaitable<ExtensionMessage>> | undefined;
}

/** A value, or the promise of one where there is real work to wait for. */
export type Awaitable<T> = T | Promise<T>;

/**
 * One message on its way out in parts, one part at a time: the next is pushed once the result of the
 * last one is there. A message that has begun is to end with a last part.
 */
export interface OutgoingParts {
  /** The bits for the message's first frame: RSV1 · 4 + RSV2 · 2 + RSV3. Known with its first bytes. */
  readonly rsv: number;
  /**
   * @param part is read until the result is there, and not changed
   * @param isLast whether the message ends with it; it may be empty
   * @returns what to send for it, in a frame of its own; when that is nothing, no frame is sent, unless
   *   it is the last
   */
  push(part: Uint8Array, isLast: boolean): Awaitable<Uint8Array>;
}

/** Takes a piece of a message; the next one comes when it is done. Does not throw. */
export type EmitPiece = (piece: Uint8Array) => Awaitable<void>;

/**
 * One message of the peer's in parts, one part at a time: the next is pushed once the last one is
 * done.
 */
export interface IncomingParts {
  /** The bits that are left for other extensions. Known with the first piece, or the end. */
  readonly rsv: number;
  /**
   * Hands on what can be restored by now, in pieces of one byte or more, which are the receiver's.
   *
   * @param part is read until all of it is done
   * @param isLast whether the message ends with it; it may be empty
   * @throws {ExtensionError} (or rejects with it) as `processIncoming`
   */
  push(part: Uint8Array, isLast: boolean, emit: EmitPiece): Awaitable<void>;
}

/**
 * An extension at work on one connection. Of each direction's messages it gets one at a time, in
 * order. Throwing, or rejecting, fails the connection.
 */
export interface ExtensionSession {
  processOutgoing(message: OutgoingMessage): Awaitable<ExtensionMessage>;
  /**
   * @param maxBytes the most that the message may become
   * @throws {ExtensionError} the peer's message is not what the extension lets it send, or too long
   */
  processIncoming(message: ExtensionMessage, maxBytes: number): Awaitable<ExtensionMessage>;
  /** Begins a message in parts. Without this, messages are gathered for `processOutgoing`. */
  outgoingParts?(message: Omit<OutgoingMessage, 'data'>): OutgoingParts;
  /**
   * Begins a message in parts. Without this, messages are gathered for `processIncoming`.
   *
   * @param maxBytes the most that the message may become
   */
  incomingParts?(message: Omit<ExtensionMessage, 'data'>, maxBytes: number): IncomingParts;
  /** The connection is over: nothing more will be asked, what is in flight is of no use to anyone. */
  close(): void;
}

/** What a server agrees to. */
export interface AcceptedOffer {
  /** The parameters of its answer. */
  readonly parameters: ExtensionParameters;
  readonly session: ExtensionSession;
}

/** What a client proposes, for one connection. */
export interface ExtensionOffer {
  /** The alternatives, in order of preference; each becomes one element of the header. */
  readonly alternatives: readonly ExtensionParameters[];
  /** @returns null when the answer is not one that these alternatives allow: the connection fails */
  activate(answer: ExtensionParameters): ExtensionSession | null;
}

/** An extension, ready to be negotiated on any number of connections. */
export interface Extension {
  /** The registered token, such as `permessage-deflate`. */
  readonly name: string;
  /** The RSV bits that it takes for itself: RSV1 · 4 + RSV2 · 2 + RSV3. */
  readonly rsv: number;
  /**
   * Whether it is given the peer's messages that carry none of its RSV bits, too. Default: only if it
   * has no bits. It may be given them anyhow, on account of another extension.
   */
  readonly takesAll?: boolean;
  /** On a client; null to offer nothing this time. */
  offer(): ExtensionOffer | null;
  /**
   * On a server.
   *
   * @param offers what the client proposed under this name, in order of preference
   * @returns null to decline them all
   */
  accept(offers: readonly ExtensionParameters[]): AcceptedOffer | null;
}
