/** Streams to a host or to a Unix socket, and TLS on top of them. */
import { connect, isIP } from 'node:net';
import type { Socket } from 'node:net';
import { Duplex, finished } from 'node:stream';
import type { ConnectionOptions as TlsOptions } from 'node:tls';
import * as modules from './node-modules';
import type { StreamOptions } from './options';
import { ignoreError, outcomeOf } from './outcome';
import type { ClientSettings } from './settings';

/** The end of a connection to make. */
export interface Endpoint {
  readonly hostname: string;
  readonly port: number;
  /** The Unix socket to dial instead, if any. */
  readonly socketPath?: string | undefined;
}

/**
 * Connects to an endpoint and, where that is asked for, speaks TLS on the connection; settles when
 * all is ready. What `createConnection` has made is left alone when it is TLS already.
 */
export async function streamTo(
  endpoint: Endpoint & { readonly secure: boolean },
  tls: TlsOptions,
  settings: ClientSettings,
  signal: AbortSignal,
): Promise<Duplex> {
  const stream = await connected(endpoint, settings, signal);
  if (!endpoint.secure || stream instanceof modules.tls().TLSSocket) return stream;
  return secured(stream, endpoint.hostname, tls, signal);
}

function connected(
  endpoint: Endpoint,
  { net, createConnection = connect }: ClientSettings,
  signal: AbortSignal,
): Promise<Duplex> {
  const stream: unknown = createConnection(streamOptions(endpoint, net));
  if (!(stream instanceof Duplex)) {
    throw new TypeError('option createConnection: what it returned is not a Duplex');
  }
  const { connecting = false } = stream as Partial<Socket>;
  return connecting ? whenReady(stream, 'connect', signal) : Promise.resolve(guarded(stream));
}

/** What `net.connect` is given for an endpoint. */
export function streamOptions(
  { hostname: host, port, socketPath: path }: Endpoint,
  net: Partial<StreamOptions>,
): StreamOptions {
  const options = { noDelay: true, ...net };
  return path === undefined ? { ...options, host, port } : { ...options, path };
}

/**
 * Speaks TLS on a stream, be it TLS itself, and verifies the certificate against `hostname`; the
 * stream then belongs to the result.
 */
export function secured(
  stream: Duplex,
  hostname: string,
  tls: TlsOptions,
  signal: AbortSignal,
): Promise<Duplex> {
  const options = { ...tlsDefaults(hostname), ...tls, host: hostname, socket: usable(stream) };
  return whenReady(modules.tls().connect(options), 'secureConnect', signal);
}

/**
 * A stream to go on with: of one that is gone already, nobody would hear any more.
 *
 * @throws what has destroyed it
 */
export function usable(stream: Duplex): Duplex {
  if (stream.destroyed) throw stream.errored ?? new Error('the stream has been destroyed');
  return stream;
}

/** TLS options for a host that the application may replace. */
export function tlsDefaults(hostname: string): TlsOptions {
  // A literal address is no name to indicate (RFC 6066 §3).
  const servername = isIP(hostname) === 0 ? hostname : '';
  return { servername, ALPNProtocols: ['http/1.1'] };
}

function whenReady(stream: Duplex, event: string, signal: AbortSignal): Promise<Duplex> {
  return outcomeOf<Duplex>(guarded(stream), signal, ({ resolve, reject }) => {
    const stopWaiting = finished(stream, (error) => reject(error ?? new Error('it was closed')));
    stream.once(event, () => {
      stopWaiting();
      resolve(stream);
    });
  });
}

/** Has an error listener until its end. */
function guarded(stream: Duplex): Duplex {
  return stream.on('error', ignoreError);
}
