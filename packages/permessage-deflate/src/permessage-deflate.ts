/**
 * Compression for WebSocket messages (RFC 7692), as an extension to negotiate.
 *
 * What the process shares is here: memory that outlives a message, the codec, and the queue for
 * zlib's threads.
 */
import type { AcceptedOffer, Extension, ExtensionOffer } from '@ws/extensions';
import type { ExtensionParameters, ExtensionSession } from '@ws/extensions';
import { compressionFor, RSV1 } from './codec';
import type { Codec } from './codec';
import { ContextMemory } from './context-memory';
import { IncomingContext, OutgoingContext } from './contexts';
import type { ContextParts } from './contexts';
import { FairQueue } from './fair-queue';
import { IdleWatch } from './idle-watch';
import { agreementOn, answerOffer, answers, offersFor } from './negotiation';
import type { Direction } from './negotiation';
import { deflateSettings } from './options';
import type { DeflateOptions, DeflateSettings } from './options';
import { readParameters, writeParameters } from './parameters';
import type { DeflateParameters } from './parameters';
import { chooseCodec } from './self-test';
import { DeflateSession } from './session';
import type { TakeoverOption } from './takeover-hint';
import { threadsFor } from './thread-pool';

/** What all connections of a process have in common. */
export interface Shared {
  readonly codec: Codec;
  readonly jobs: FairQueue;
  readonly memory: ContextMemory;
}

/** The largest window, which a peer that was not told otherwise may use. */
const ANY_WINDOW = 15;

const WITHOUT_TAKEOVER = { serverNoContextTakeover: true, clientNoContextTakeover: true };

let processWide: Shared | null = null;

function sharedByProcess(): Shared {
  return (processWide ??= {
    codec: chooseCodec(),
    jobs: new FairQueue(threadsFor()),
    memory: new ContextMemory(),
  });
}

/**
 * One for all connections whose options say the same, though each may come with options of its own.
 * Applications have few different ones; for one that makes them up, they are made anew.
 */
const made = new Map<string, PermessageDeflate>();
const MOST_KEPT = 64;

/** See `permessageDeflate` of the package, which loads this file. */
export function permessageDeflate(options: DeflateOptions | null, prefix: string): Extension {
  const settings = deflateSettings(options, prefix);
  const key = Object.values(settings).join();
  let extension = made.get(key);
  if (extension === undefined) {
    if (made.size >= MOST_KEPT) made.clear();
    made.set(key, (extension = new PermessageDeflate(settings, sharedByProcess())));
  }
  return extension;
}

export class PermessageDeflate implements Extension {
  readonly name = 'permessage-deflate';
  readonly rsv: number = RSV1;
  readonly #settings: DeflateSettings;
  readonly #shared: Shared;
  readonly #contextParts: Readonly<Record<'untold' | TakeoverOption, ContextParts>>;

  constructor(settings: DeflateSettings, shared: Shared) {
    this.#settings = settings;
    this.#shared = shared;
    const parts = {
      codec: shared.codec,
      memory: shared.memory,
      mostMemory: settings.maxContextMemory,
      idle: new IdleWatch(settings.contextIdleTimeout),
    };
    this.#contextParts = {
      untold: { ...parts, toldBy: null },
      serverNoContextTakeover: { ...parts, toldBy: 'serverNoContextTakeover' },
      clientNoContextTakeover: { ...parts, toldBy: 'clientNoContextTakeover' },
    };
  }

  offer(): ExtensionOffer {
    const offers = offersFor(this.#settings, this.#hasRoomFor(ANY_WINDOW));
    return {
      alternatives: offers.map((offer) => writeParameters(offer, 'offer')),
      activate: (list) => {
        const answer = readParameters(list, 'answer');
        if (answer === null || !offers.some((offer) => answers(offer, answer))) return null;
        return this.#activate(answer);
      },
    };
  }

  /** Agrees to the first offer that is well-formed: there is none that could not be met. */
  accept(offers: readonly ExtensionParameters[]): AcceptedOffer | null {
    for (const list of offers) {
      const offer = readParameters(list, 'offer');
      if (offer !== null) return this.#accept(offer);
    }
    return null;
  }

  #accept(offer: DeflateParameters): AcceptedOffer {
    let answer = answerOffer(offer, this.#settings);
    const { client } = agreementOn(answer);
    if (client.contextTakeover && !this.#hasRoomFor(client.windowBits)) {
      answer = answerOffer(offer, { ...this.#settings, ...WITHOUT_TAKEOVER });
    }
    const agreed = agreementOn(answer);
    const isTold = this.#settings.clientNoContextTakeover && !offer.clientNoContextTakeover;
    return {
      parameters: writeParameters(answer, 'answer'),
      session: this.#session(
        agreed.server,
        agreed.client,
        isTold ? 'clientNoContextTakeover' : 'untold',
      ),
    };
  }

  #activate(answer: DeflateParameters): ExtensionSession {
    const { server, client } = agreementOn(answer);
    const { serverNoContextTakeover, clientNoContextTakeover, clientMaxWindowBits } =
      this.#settings;
    // What was allowed need not be done.
    const outgoing = {
      contextTakeover: client.contextTakeover && !clientNoContextTakeover,
      windowBits: Math.min(client.windowBits, clientMaxWindowBits),
    };
    const isTold = serverNoContextTakeover && !server.contextTakeover;
    return this.#session(outgoing, server, isTold ? 'serverNoContextTakeover' : 'untold');
  }

  #hasRoomFor(windowBits: number): boolean {
    return this.#shared.memory.hasRoom(2 ** windowBits, this.#settings.maxContextMemory);
  }

  #session(
    outgoing: Direction,
    incoming: Direction,
    told: 'untold' | TakeoverOption,
  ): ExtensionSession {
    const { threshold } = this.#settings;
    const { jobs, memory } = this.#shared;
    const compression = compressionFor(this.#settings, outgoing.windowBits);
    const contextParts = this.#contextParts[told];
    return new DeflateSession({
      threshold,
      compression,
      shared: contextParts,
      jobs,
      outgoing: outgoing.contextTakeover
        ? this.#outgoingContext(outgoing.windowBits, contextParts)
        : null,
      incoming: incoming.contextTakeover
        ? new IncomingContext(2 ** incoming.windowBits, memory)
        : null,
    });
  }

  /** It need not look back as far as it may. */
  #outgoingContext(agreedBits: number, parts: ContextParts): OutgoingContext {
    const windowBits = Math.min(agreedBits, this.#settings.takeoverWindowBits);
    return new OutgoingContext(compressionFor(this.#settings, windowBits), 2 ** windowBits, parts);
  }
}
