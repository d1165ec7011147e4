/** Requests on the streams that an agent of the application makes, Node's or one that goes through a proxy. */
import type { Agent, ClientRequest, RequestOptions } from 'node:http';
import { isIP } from 'node:net';
import type { ConnectionOptions as TlsOptions } from 'node:tls';
import { streamOptions, tlsDefaults } from './direct';
import * as modules from './node-modules';
import type { StreamOptions } from './options';
import type { Target } from './target';

/**
 * Refuses an agent of Node's that is for the other scheme. One whose `protocol` is not a value, but
 * found out for each request, is for both.
 *
 * @throws {TypeError} it cannot dial `target`
 */
export function refuseWrongAgent(agent: Agent, { secure }: Target): void {
  const protocol: unknown = Object.getOwnPropertyDescriptor(agent, 'protocol')?.value;
  if (typeof protocol === 'string' && protocol !== schemeOf(secure)) {
    const scheme = secure ? 'wss' : 'ws';
    throw new TypeError(`option agent: one for ${protocol} cannot dial a ${scheme}: URL`);
  }
}

/** Has `agent` make the stream for a request. */
export function requestByAgent(
  agent: Agent,
  target: Target,
  { net, tls }: { net: Partial<StreamOptions>; tls: TlsOptions },
  request: RequestOptions,
): ClientRequest {
  const { secure, hostname, port, socketPath } = target;
  const options = {
    ...streamOptions(target, net),
    ...request,
    ...(secure ? { ...tlsDefaults(hostname), ...identityOf(hostname, agent, tls), ...tls } : {}),
    agent,
    // in words, for agents that would look for it on the stack
    protocol: schemeOf(secure),
    host: hostname,
    port,
    socketPath,
  };
  return (secure ? modules.https() : modules.http()).request(options);
}

function schemeOf(secure: boolean): string {
  return secure ? 'https:' : 'http:';
}

/**
 * Verifies the certificate against an address that the URL has. TLS is told no name then, and where an
 * agent leaves out the host, too, it would be verified against the proxy's.
 */
function identityOf(hostname: string, agent: Agent, { servername }: TlsOptions): TlsOptions {
  const { options } = agent as { options?: TlsOptions };
  if (isIP(hostname) === 0 || servername || options?.servername) return {};
  return {
    checkServerIdentity: (_host, certificate) =>
      modules.tls().checkServerIdentity(hostname, certificate),
  };
}
