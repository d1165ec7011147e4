/**
 * The shape of plug-ins written for the framework `websocket-extensions`, versions 0.1 and 0.2. What
 * 0.2 added are the options that it hands to the functions that create sessions.
 */

/** The value of one parameter: true when there is no `=`, a number when it looks like one. */
export type PluginParameterValue = string | number | boolean;

/** Parameters by name; a list stands for a parameter that comes several times. */
export type PluginParameters = Readonly<
  Record<string, PluginParameterValue | readonly PluginParameterValue[]>
>;

/** A message as plug-ins know it. They change it, and hand it back. */
export interface PluginMessage {
  rsv1: boolean;
  rsv2: boolean;
  rsv3: boolean;
  opcode: number;
  /** A Buffer where there are Buffers. */
  data: Uint8Array;
}

/** Takes an error, or the message; the first call counts. */
export type PluginCallback = (error: unknown, message?: PluginMessage | null) => void;

/** What client and server sessions have in common. */
export interface PluginSession {
  processIncomingMessage(message: PluginMessage, callback: PluginCallback): void;
  processOutgoingMessage(message: PluginMessage, callback: PluginCallback): void;
  close(): void;
}

export interface PluginClientSession extends PluginSession {
  /** One offer, several alternatives, or nothing. */
  generateOffer(): PluginParameters | readonly PluginParameters[] | null | undefined | false;
  /** Anything but true is a no. */
  activate(parameters: PluginParameters): unknown;
}

export interface PluginServerSession extends PluginSession {
  generateResponse(): PluginParameters | null | undefined;
}

/** What plug-ins may know of the connection. */
export interface PluginOptions {
  /** The most bytes that an incoming message may become; for plug-ins of version 0.2. */
  readonly maxLength?: number;
}

/** A plug-in for `websocket-extensions`, such as npm's `permessage-deflate`. */
export interface WebSocketExtensionsPlugin {
  readonly name: string;
  readonly type: string;
  readonly rsv1: boolean;
  readonly rsv2: boolean;
  readonly rsv3: boolean;
  createClientSession(options: PluginOptions): PluginClientSession | null | undefined;
  createServerSession(
    offers: PluginParameters[],
    options: PluginOptions,
  ): PluginServerSession | null | undefined;
}
