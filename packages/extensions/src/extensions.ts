/**
 * The negotiation of extensions, RFC 6455 §9.1: what a client offers and what it then uses, and what
 * a server agrees to. One `Extensions` serves any number of connections.
 *
 * Names that come from the peer are only ever looked up in Maps. When a negotiation fails, the
 * sessions that it has begun are closed.
 */
import type { Extension, ExtensionOffer, ExtensionParameters, ExtensionSession } from './extension';
import { parseExtensions, serializeExtensions } from './header';
import type { ExtensionElement, ExtensionHeaderError } from './header';
import { ExtensionNegotiationError } from './negotiation-error';
import { closeAll, Pipeline } from './pipeline';
import { adaptPlugin } from './plugin';
import type { PluginOptions, WebSocketExtensionsPlugin } from './plugin-types';
import { flawOf, isList, isPlugin } from './validation';

/** What both ends have agreed on. */
export interface Activation {
  /** The Sec-WebSocket-Extensions header of the server's response; empty when there is none. */
  readonly header: string;
  /** Null when no extension is active. The caller closes it when the connection is over. */
  readonly pipeline: Pipeline | null;
}

/** What a client has offered for one connection. */
export interface PendingOffer {
  /** The Sec-WebSocket-Extensions header of the request; empty when nothing is offered. */
  readonly header: string;
  /**
   * Puts to work what the server agreed to. To be called once.
   *
   * @param header the Sec-WebSocket-Extensions header of the response, if it has one
   * @throws {ExtensionNegotiationError} the header is malformed, has an extension that was not
   *   offered, has one twice or two that need the same RSV bit, or parameters that the offer does
   *   not allow. RFC 6455 §4.1, §9.1
   * @throws whatever an extension's `activate()` throws
   */
  activate(header: string | undefined): Activation;
}

/** Extensions for any number of connections, on either end. */
export class Extensions {
  readonly #byName: ReadonlyMap<string, Extension>;

  /**
   * @param extensions in order of a client's preference; plug-ins for `websocket-extensions` may be
   *   among them
   * @param options for such plug-ins
   * @throws {TypeError} with the index of what is not an extension, and what it lacks, or of the
   *   second extension of a name
   */
  constructor(
    extensions: readonly (Extension | WebSocketExtensionsPlugin)[],
    options: PluginOptions = {},
  ) {
    this.#byName = extensionsByName(extensions, options);
  }

  /** A client's offer, for one connection. @throws whatever an extension's `offer()` throws */
  offer(): PendingOffer {
    const offers = new Map<string, ExtensionOffer>();
    const elements: ExtensionElement[] = [];
    for (const [name, extension] of this.#byName) {
      const offer = extension.offer();
      if (offer === null || offer.alternatives.length === 0) continue;
      offers.set(name, offer);
      for (const parameters of offer.alternatives) elements.push({ name, parameters });
    }
    return {
      header: serializeExtensions(elements),
      activate: (header) => this.#activate(offers, header),
    };
  }

  /**
   * A server's answer to a client's offer: of each extension that both know, at most one, in the
   * client's order of preference, unless an earlier one needs the same RSV bit.
   *
   * @param header the Sec-WebSocket-Extensions header of the request, if it has one
   * @throws {ExtensionHeaderError} it is malformed: the request is not one to agree to
   * @throws whatever an extension's `accept()` throws
   */
  accept(header: string | undefined): Activation {
    const elements = parseExtensions(header ?? '');
    return negotiate((agreement) => {
      for (const [name, offers] of groupedByName(elements)) {
        const extension = this.#byName.get(name);
        if (extension === undefined || (extension.rsv & agreement.rsv) !== 0) continue;
        const accepted = extension.accept(offers);
        if (accepted === null) continue;
        agreement.add(extension, accepted.parameters, accepted.session);
      }
    });
  }

  #activate(offers: ReadonlyMap<string, ExtensionOffer>, header: string | undefined): Activation {
    const elements = parseAnswer(header ?? '');
    const unanswered = new Map(offers);
    return negotiate((agreement) => {
      for (const { name, parameters } of elements) {
        const offer = unanswered.get(name);
        const extension = this.#byName.get(name);
        if (offer === undefined || extension === undefined) {
          throw new ExtensionNegotiationError(
            offers.has(name)
              ? `the server uses the extension "${name}" twice`
              : `the server uses the extension "${name}", which was not offered`,
          );
        }
        unanswered.delete(name);
        agreement.add(extension, parameters, activated(offer, extension, parameters, agreement));
      }
    });
  }
}

function extensionsByName(
  extensions: readonly (Extension | WebSocketExtensionsPlugin)[],
  options: PluginOptions,
): Map<string, Extension> {
  if (!isList(extensions)) throw new TypeError('extensions must be an array');
  const byName = new Map<string, Extension>();
  // Unlike forEach, entries() comes across the holes of a sparse array, too.
  for (const [index, extension] of extensions.entries()) {
    const flaw = flawOf(extension);
    if (flaw !== null) throw new TypeError(`extensions[${index}]: ${flaw}`);
    const { name } = extension;
    if (byName.has(name)) {
      throw new TypeError(`extensions[${index}]: there is another one named "${name}"`);
    }
    byName.set(name, isPlugin(extension) ? adaptPlugin(extension, options) : extension);
  }
  return byName;
}

/** What has been agreed on so far. */
class Agreement {
  rsv = 0;
  takesAll = false;
  readonly elements: ExtensionElement[] = [];
  readonly sessions: ExtensionSession[] = [];

  add(extension: Extension, parameters: ExtensionParameters, session: ExtensionSession): void {
    const { name, rsv, takesAll = rsv === 0 } = extension;
    this.rsv |= rsv;
    this.takesAll ||= takesAll;
    this.elements.push({ name, parameters });
    this.sessions.push(session);
  }
}

function negotiate(fill: (agreement: Agreement) => void): Activation {
  const agreement = new Agreement();
  const { elements, sessions } = agreement;
  try {
    fill(agreement);
    const header = serializeExtensions(elements);
    if (sessions.length === 0) return { header, pipeline: null };
    return { header, pipeline: new Pipeline(sessions, agreement.rsv, agreement.takesAll) };
  } catch (error) {
    closeAll(sessions);
    throw error;
  }
}

function activated(
  offer: ExtensionOffer,
  { name, rsv }: Extension,
  parameters: ExtensionParameters,
  agreement: Agreement,
): ExtensionSession {
  if ((rsv & agreement.rsv) !== 0) {
    throw new ExtensionNegotiationError(
      `the server uses the extension "${name}" along with another that needs the same RSV bit`,
    );
  }
  const session = offer.activate(parameters);
  if (session !== null) return session;
  const answer = serializeExtensions([{ name, parameters }]);
  throw new ExtensionNegotiationError(`the server answers the offer with "${answer}"`);
}

function parseAnswer(header: string): ExtensionElement[] {
  try {
    return parseExtensions(header);
  } catch (error) {
    const reason = (error as ExtensionHeaderError).message;
    throw new ExtensionNegotiationError(`the server's answer is malformed: ${reason}`, {
      cause: error,
    });
  }
}

/** The parameters of each extension's elements, in order; the extensions as they come first. */
function groupedByName(elements: readonly ExtensionElement[]): Map<string, ExtensionParameters[]> {
  const groups = new Map<string, ExtensionParameters[]>();
  for (const { name, parameters } of elements) {
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [parameters]);
    else group.push(parameters);
  }
  return groups;
}
