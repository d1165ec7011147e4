/**
 * Plug-ins written for the framework `websocket-extensions`, at work as extensions: nothing in them
 * changes. Where they call back at once, so do results come by return.
 */
import type {
  AcceptedOffer,
  Awaitable,
  Extension,
  ExtensionMessage,
  ExtensionOffer,
  ExtensionParameters,
  ExtensionSession,
  OutgoingMessage,
} from './extension';
import { fromPluginParameters, toPluginParameters } from './plugin-parameters';
import type {
  PluginCallback,
  PluginMessage,
  PluginOptions,
  PluginSession,
  WebSocketExtensionsPlugin,
} from './plugin-types';
import { flawOfPlugin } from './validation';

const NodeBuffer = (globalThis as { readonly Buffer?: typeof Buffer }).Buffer;

/**
 * Makes an extension of a plug-in for `websocket-extensions`. `Extensions` does so by itself.
 *
 * Such a plug-in gets every message, with its RSV bits or without, and knows nothing of those that
 * the application does not want compressed. Unless it heeds `maxLength`, it learns nothing of limits
 * either: a message is measured when it has already grown.
 *
 * @throws {TypeError} names what the plug-in lacks
 */
export function adaptPlugin(
  plugin: WebSocketExtensionsPlugin,
  options: PluginOptions = {},
): Extension {
  const flaw = flawOfPlugin(plugin);
  if (flaw !== null) throw new TypeError(flaw);
  const rsv = rsvOf(plugin);
  return {
    name: plugin.name,
    rsv,
    takesAll: true,
    offer: () => offerOf(plugin, rsv, options),
    accept: (offers) => acceptedBy(plugin, rsv, offers, options),
  };
}

function offerOf(
  plugin: WebSocketExtensionsPlugin,
  rsv: number,
  options: PluginOptions,
): ExtensionOffer | null {
  const session = plugin.createClientSession(options);
  if (!session) return null;
  return {
    alternatives: [session.generateOffer() || []].flat().map(fromPluginParameters),
    activate: (answer) =>
      session.activate(toPluginParameters(answer)) === true
        ? new AdaptedSession(session, rsv)
        : null,
  };
}

function acceptedBy(
  plugin: WebSocketExtensionsPlugin,
  rsv: number,
  offers: readonly ExtensionParameters[],
  options: PluginOptions,
): AcceptedOffer | null {
  const session = plugin.createServerSession(offers.map(toPluginParameters), options);
  if (!session) return null;
  return {
    parameters: fromPluginParameters(session.generateResponse()),
    session: new AdaptedSession(session, rsv),
  };
}

class AdaptedSession implements ExtensionSession {
  readonly #session: PluginSession;
  readonly #rsv: number;

  constructor(session: PluginSession, rsv: number) {
    this.#session = session;
    this.#rsv = rsv;
  }

  processOutgoing(message: OutgoingMessage): Awaitable<ExtensionMessage> {
    return this.#ask('processOutgoingMessage', message, 0);
  }

  processIncoming(message: ExtensionMessage): Awaitable<ExtensionMessage> {
    // Plug-ins leave the RSV bits that they have heeded as they are: those are done with.
    return this.#ask('processIncomingMessage', message, this.#rsv);
  }

  close(): void {
    this.#session.close();
  }

  #ask(
    method: 'processOutgoingMessage' | 'processIncomingMessage',
    message: ExtensionMessage,
    spentRsv: number,
  ): Awaitable<ExtensionMessage> {
    const reply = new Reply(spentRsv);
    try {
      this.#session[method](toPluginMessage(message), reply.callback);
    } catch (error) {
      reply.callback(error);
    }
    return reply.result();
  }
}

type Outcome = { readonly message: ExtensionMessage } | { readonly error: unknown };

/** What a plug-in calls back with, at once or later. */
class Reply {
  readonly #spentRsv: number;
  #outcome: Outcome | null = null;
  #settle: ((outcome: Outcome) => void) | null = null;

  /** @param spentRsv the RSV bits that are cleared in the message */
  constructor(spentRsv: number) {
    this.#spentRsv = spentRsv;
  }

  readonly callback: PluginCallback = (error, message) => {
    if (this.#outcome !== null) return;
    this.#outcome = error ? { error } : fromPluginMessage(message, this.#spentRsv);
    this.#settle?.(this.#outcome);
  };

  result(): Awaitable<ExtensionMessage> {
    if (this.#outcome !== null) return messageOf(this.#outcome);
    return new Promise<Outcome>((settle) => {
      this.#settle = settle;
    }).then(messageOf);
  }
}

function messageOf(outcome: Outcome): ExtensionMessage {
  if ('error' in outcome) throw outcome.error;
  return outcome.message;
}

function toPluginMessage({ opcode, rsv, data }: ExtensionMessage): PluginMessage {
  return {
    rsv1: (rsv & 4) !== 0,
    rsv2: (rsv & 2) !== 0,
    rsv3: (rsv & 1) !== 0,
    opcode,
    data: NodeBuffer ? NodeBuffer.from(data.buffer, data.byteOffset, data.byteLength) : data,
  };
}

function fromPluginMessage(message: PluginMessage | null | undefined, spentRsv: number): Outcome {
  if (!message || !isUint8Array(message.data)) {
    return { error: new TypeError('an extension called back without a message') };
  }
  const { opcode, data } = message;
  return { message: { opcode, rsv: rsvOf(message) & ~spentRsv, data } };
}

/** Of any realm: a plug-in may have been loaded in another one. */
function isUint8Array(value: unknown): value is Uint8Array {
  return Object.prototype.toString.call(value) === '[object Uint8Array]';
}

function rsvOf({ rsv1, rsv2, rsv3 }: Pick<PluginMessage, 'rsv1' | 'rsv2' | 'rsv3'>): number {
  return (rsv1 ? 4 : 0) | (rsv2 ? 2 : 0) | (rsv3 ? 1 : 0);
}
