/**
 * Who may do what after a handshake (RFC 7692 §5 and §7.1): pure functions from offers, answers and
 * preferences to an agreement.
 *
 * A sender may always do less than it was allowed: it may forget what it sent before, and look back
 * less far. A receiver has to be ready for everything that was agreed.
 */
import type { DeflateParameters } from './parameters';

/** What is wanted of the two directions. */
export interface Preferences {
  readonly serverNoContextTakeover: boolean;
  readonly clientNoContextTakeover: boolean;
  /** 8 to 15. */
  readonly serverMaxWindowBits: number;
  /** 8 to 15. */
  readonly clientMaxWindowBits: number;
}

/** How one end may send. */
export interface Direction {
  /** Whether a message may refer to those before it. */
  readonly contextTakeover: boolean;
  /** The base-2 logarithm of how far back it may refer. */
  readonly windowBits: number;
}

export interface Agreement {
  readonly server: Direction;
  readonly client: Direction;
}

/** What a server answers to an offer. It can live with any. */
export function answerOffer(offer: DeflateParameters, wanted: Preferences): DeflateParameters {
  return {
    serverNoContextTakeover: offer.serverNoContextTakeover || wanted.serverNoContextTakeover,
    // A client that offers it will not take its context over, whatever the answer (§7.1.1.2): an
    // answer that says the same makes it certain, and there is nothing to remember.
    clientNoContextTakeover: offer.clientNoContextTakeover || wanted.clientNoContextTakeover,
    // "A server accepts an extension negotiation offer with this parameter by including the
    // "server_max_window_bits" extension parameter" with "the same or smaller value". §7.1.2.1
    serverMaxWindowBits:
      offer.serverMaxWindowBits === null
        ? restriction(15, wanted.serverMaxWindowBits)
        : Math.min(offer.serverMaxWindowBits, wanted.serverMaxWindowBits),
    // "If a received extension negotiation offer doesn't have the "client_max_window_bits" extension
    // parameter, the corresponding extension negotiation response to the offer MUST NOT include"
    // it. §7.1.2.2
    clientMaxWindowBits:
      offer.clientMaxWindowBits === null
        ? null
        : restriction(offer.clientMaxWindowBits, wanted.clientMaxWindowBits),
  };
}

/** The smaller of two window sizes; null when neither restricts anything. */
function restriction(offered: number, wanted: number): number | null {
  const bits = Math.min(offered, wanted);
  return bits === 15 ? null : bits;
}

/**
 * What a client offers, best first.
 *
 * A server may decline what restricts it, so there is a second offer that does not.
 *
 * @param remembering whether the client can afford a server that takes its context over
 */
export function offersFor(wanted: Preferences, remembering: boolean): DeflateParameters[] {
  const restricted: DeflateParameters = {
    serverNoContextTakeover: wanted.serverNoContextTakeover || !remembering,
    clientNoContextTakeover: wanted.clientNoContextTakeover,
    serverMaxWindowBits: wanted.serverMaxWindowBits === 15 ? null : wanted.serverMaxWindowBits,
    clientMaxWindowBits: wanted.clientMaxWindowBits,
  };
  const free = { ...restricted, serverNoContextTakeover: !remembering, serverMaxWindowBits: null };
  const same =
    free.serverNoContextTakeover === restricted.serverNoContextTakeover &&
    restricted.serverMaxWindowBits === null;
  return same ? [restricted] : [restricted, free];
}

/** Whether a server that got `offer` may answer `answer` (§7.1). */
export function answers(offer: DeflateParameters, answer: DeflateParameters): boolean {
  return (
    (answer.serverNoContextTakeover || !offer.serverNoContextTakeover) &&
    (offer.serverMaxWindowBits === null ||
      (answer.serverMaxWindowBits ?? 15) <= offer.serverMaxWindowBits) &&
    (answer.clientMaxWindowBits === null ||
      answer.clientMaxWindowBits <= (offer.clientMaxWindowBits ?? 0))
  );
}

/** What holds once a server has given `answer`. */
export function agreementOn(answer: DeflateParameters): Agreement {
  return {
    server: {
      contextTakeover: !answer.serverNoContextTakeover,
      windowBits: answer.serverMaxWindowBits ?? 15,
    },
    client: {
      contextTakeover: !answer.clientNoContextTakeover,
      windowBits: answer.clientMaxWindowBits ?? 15,
    },
  };
}
