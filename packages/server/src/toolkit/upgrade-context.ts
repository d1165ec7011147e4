/** What an `upgrade` hook, and whoever looks at a refusal, learns of a request. */
import type { IncomingMessage } from 'node:http';
import type { AcceptedRequest, ProtocolVersion, RequestVerdict } from '@ws/handshake';
import { showAttributes } from '@ws/connection';
import { cookiesIn } from './cookies';
import type { PathMatch, PathParams } from './paths';

/** What there is to know of a request when it has come. */
export interface UpgradeFacts {
  readonly request: IncomingMessage;
  /** The URL that was asked for; `new URL` takes it. */
  readonly url: string;
  readonly secure: boolean;
  readonly address: string;
  /** Null where no path of the server's has matched. */
  readonly match: PathMatch | null;
  readonly verdict: RequestVerdict;
  readonly signal: () => AbortSignal;
  readonly bearer: () => string | null;
}

/** A client that asks for a WebSocket. What of it is seldom asked for is made when it is. */
export class UpgradeContext<Path extends string = string> {
  readonly #facts: UpgradeFacts;
  #url: URL | undefined;
  #cookies: ReadonlyMap<string, string> | undefined;

  /** @hidden */
  constructor(facts: UpgradeFacts) {
    this.#facts = facts;
  }

  /** The request of the server's `upgrade` event. */
  get request(): IncomingMessage {
    return this.#facts.request;
  }

  /** The URL that was asked for, with the scheme `ws:` or `wss:`. */
  get url(): URL {
    return (this.#url ??= new URL(this.#facts.url));
  }

  /** Whether the client uses TLS, as far as can be known. */
  get secure(): boolean {
    return this.#facts.secure;
  }

  /** The IP address of the client, by what trusted proxies say (option `trustProxy`); `''` if it has none. */
  get address(): string {
    return this.#facts.address;
  }

  /** The pattern that has matched, such as `/chat/:room`; `*` where the server has none. */
  get pattern(): string {
    return this.#facts.match?.pattern ?? '*';
  }

  /** What stood in the place of the pattern's parameters, percent-decoded. */
  get params(): PathParams<Path> {
    return (this.#facts.match?.params ?? {}) as PathParams<Path>;
  }

  /** The origin of the page that asks, as it was sent; null when the client is no browser. */
  get origin(): string | null {
    return this.#accepted?.origin ?? null;
  }

  /** The protocol version that the client speaks; null when the request is no handshake. */
  get version(): ProtocolVersion | null {
    return this.#accepted?.version ?? null;
  }

  /** The subprotocols that the client offers, in its order. */
  get protocols(): readonly string[] {
    return this.#accepted?.protocols ?? [];
  }

  /** The cookies, percent-decoded; of two with one name the first. */
  get cookies(): ReadonlyMap<string, string> {
    return (this.#cookies ??= cookiesIn(this.request.headers.cookie));
  }

  /**
   * The token of `Authorization: Bearer …`, or, for scripts in browsers, the subprotocol behind `bearer`:
   * `new WebSocket(url, ['bearer', token])`, which is answered `bearer`. Null if there is none.
   */
  get bearer(): string | null {
    return this.#facts.bearer();
  }

  /**
   * Aborts when the client has left, when the time for an answer is over, and when the server closes: also when that
   * happens between the hook's answer and the opening. What the hook has begun for the client can hang on it.
   */
  get signal(): AbortSignal {
    return this.#facts.signal();
  }

  get #accepted(): AcceptedRequest | null {
    return this.#facts.verdict.ok ? this.#facts.verdict : null;
  }
}

/** Without what may be a secret of the client: cookies, tokens, and the headers of the request. */
showAttributes(UpgradeContext, [
  'url',
  'pattern',
  'params',
  'origin',
  'address',
  'secure',
  'version',
  'protocols',
]);
