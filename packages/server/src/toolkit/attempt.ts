/** One client that asks for a WebSocket, from the `upgrade` event to the answer. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { isSecureRequest, judgeRequest, requestUrl } from '@ws/handshake';
import type { RequestVerdict } from '@ws/handshake';
import type { ServerSettings } from '../options';
import type { PathMatch } from './paths';
import { UpgradeContext } from './upgrade-context';

export class Attempt<Path extends string> {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Uint8Array;
  /** Null where no path has matched. */
  readonly match: PathMatch | null;
  readonly verdict: RequestVerdict;
  /** What is said of it to the application. */
  readonly context: UpgradeContext<Path>;
  #controller: AbortController | null = null;

  constructor(
    request: IncomingMessage,
    socket: Duplex,
    head: Uint8Array,
    match: PathMatch | null,
    { protocolVersions, trustProxy }: ServerSettings,
  ) {
    this.request = request;
    this.socket = socket;
    this.head = head;
    this.match = match;
    this.verdict = judgeRequest(request, { protocolVersions });
    const secure = 'encrypted' in socket && socket.encrypted === true;
    this.context = new UpgradeContext<Path>({
      request,
      url: requestUrl(request, { secure, trustProxy }),
      secure: isSecureRequest(request, { secure, trustProxy }),
      match,
      verdict: this.verdict,
      signal: () => this.#control().signal,
    });
  }

  /** Tells the hook that nobody waits for its answer any more. */
  giveUp(reason: Error): void {
    this.#control().abort(reason);
  }

  /** Few ask for the signal. */
  #control(): AbortController {
    return (this.#controller ??= new AbortController());
  }
}
