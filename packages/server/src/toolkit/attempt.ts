/** One client that asks for a WebSocket, from the `upgrade` event to the answer. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { isSecureRequest, requestUrl } from '@ws/handshake';
import type { ProtocolVersion, RequestVerdict } from '@ws/handshake';
import { judgeHandshake } from '../judgement';
import { bearerIn } from './bearer';
import type { PathMatch } from './paths';
import type { TrustedProxies } from './proxies';
import { UpgradeContext } from './upgrade-context';

/** What a server makes of requests. */
export interface AttemptSettings {
  readonly protocolVersions: readonly ProtocolVersion[];
  readonly proxies: TrustedProxies;
}

export class Attempt<Path extends string> {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Uint8Array;
  /** Null where no path has matched. */
  readonly match: PathMatch | null;
  readonly verdict: RequestVerdict;
  /** The URL that was asked for; `new URL` takes it. */
  readonly url: string;
  /** What is said of it to the application. */
  readonly context: UpgradeContext<Path>;
  /** Whether the application has looked for a bearer token. */
  asksForBearer = false;
  #controller: AbortController | null = null;

  constructor(
    request: IncomingMessage,
    socket: Duplex,
    head: Uint8Array,
    match: PathMatch | null,
    { protocolVersions, proxies }: AttemptSettings,
  ) {
    this.request = request;
    this.socket = socket;
    this.head = head;
    this.match = match;
    this.verdict = judgeHandshake(request, protocolVersions);
    const source = proxies.sourceOf(addressOf(socket), request.headers);
    const secure = 'encrypted' in socket && socket.encrypted === true;
    const seen = { secure, trustProxy: source.proxies };
    this.url = requestUrl(request, seen);
    this.context = new UpgradeContext<Path>({
      request,
      url: this.url,
      secure: isSecureRequest(request, seen),
      address: source.address,
      match,
      verdict: this.verdict,
      signal: () => this.#control().signal,
      bearer: () => this.#bearer(),
    });
  }

  /** Tells the hook that nobody waits for its answer any more. */
  giveUp(reason: Error): void {
    this.#control().abort(reason);
  }

  #bearer(): string | null {
    this.asksForBearer = true;
    return bearerIn(this.request.headers.authorization, this.context.protocols);
  }

  /** Few ask for the signal. */
  #control(): AbortController {
    return (this.#controller ??= new AbortController());
  }
}

function addressOf(socket: Duplex): string | undefined {
  return 'remoteAddress' in socket && typeof socket.remoteAddress === 'string'
    ? socket.remoteAddress
    : undefined;
}
