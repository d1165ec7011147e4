import type { Agent } from 'node:http';
import type { LookupFunction, NetConnectOpts } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ConnectionOptions as TlsOptions } from 'node:tls';
import type { ConnectionOptions } from '@ws/connection';
import type { HeaderInput } from '@ws/handshake';
import type { ExtensionOptions } from '@ws/permessage-deflate';

/** What `net.connect` is told: `host` and `port`, or `path`, and everything else that it takes. */
export type StreamOptions = NetConnectOpts;

/** An HTTP proxy, to be asked for a tunnel by CONNECT. */
export interface ProxyOptions {
  /**
   * `http://host:port` or `https://host:port`; credentials in it are sent as Proxy-Authorization,
   * percent-decoded. Undefined, null, or the empty string: no proxy.
   */
  origin?: string | URL | null | undefined;
  /** Headers for the proxy alone. */
  headers?: HeaderInput | null | undefined;
  /** Options for `tls.connect`, for the connection to the proxy itself. */
  tls?: TlsOptions | null | undefined;
}

/** What a client-side WebSocket can be told. Every option may be left out, undefined or null. */
export interface ClientOptions extends ConnectionOptions, ExtensionOptions {
  /**
   * Headers for the request, beside those of the handshake itself: Authorization, Cookie, … A list makes
   * several lines of one name; of Cookie it makes one. Null and undefined make none. With an Upgrade among
   * them they are another request's that is passed on: what belongs to its connection and handshake, Host
   * too, is not sent, and warned of once for each name.
   */
  headers?: HeaderInput | null | undefined;
  /** The Origin to send: `scheme://host`, `scheme://host:port` or `null`. Default: none is sent. */
  origin?: string | null | undefined;
  /** 13, which is RFC 6455, or 8 for servers that stopped at hybi-08. Default 13. */
  protocolVersion?: 8 | 13 | null | undefined;
  /** Milliseconds from dialling until the connection must be open, proxy and redirects included. Default 30,000; Infinity: no limit. */
  handshakeTimeout?: number | null | undefined;
  /** The longest head of a response, in bytes, as Node's HTTP parser counts them. Default 16,384. */
  maxHeaderSize?: number | null | undefined;
  /** Whether to follow 301, 302, 303, 307 and 308. Default false. */
  followRedirects?: boolean | null | undefined;
  /** How many redirects to follow, one after another. Default 10. */
  maxRedirects?: number | null | undefined;
  /** Whether a redirect may lead from `wss:` to `ws:`. Default false. */
  allowInsecureRedirects?: boolean | null | undefined;
  /**
   * Options for `tls.connect`, for `wss:` URLs: `ca`, `cert`, `key`, … Null and undefined are the
   * same as leaving the option out. `host`, `port`, `path` and `socket` are ignored.
   */
  tls?: TlsOptions | null | undefined;
  /** The same as `tls.ca`, which goes before it. */
  ca?: TlsOptions['ca'] | null | undefined;
  /**
   * Options for `net.connect`, for the connection to the server, or to the proxy if there is one.
   * `host`, `port`, `path` and `onread` are ignored.
   */
  net?: Partial<StreamOptions> | null | undefined;
  /** The local IP address to connect from; goes before `net.localAddress`. */
  localAddress?: string | null | undefined;
  /** 4 or 6 for this version of IP alone, 0 for both; goes before `net.family`. */
  family?: 0 | 4 | 6 | null | undefined;
  /** Resolves host names, as `dns.lookup` does; goes before `net.lookup`. */
  lookup?: LookupFunction | null | undefined;
  /** The Unix socket or named pipe to dial, whatever host the URL names. */
  socketPath?: string | null | undefined;
  /**
   * Makes the stream, connected or connecting, in the place of `net.connect`. For `wss:` URLs TLS is
   * spoken on it unless it is a `TLSSocket`.
   */
  createConnection?: ((options: StreamOptions) => Duplex) | null | undefined;
  /**
   * Makes the stream instead, TLS included, as for `http.request`: an `https.Agent` for `wss:` URLs. One
   * that is for both, as npm's `https-proxy-agent`, goes through its proxy; it may read and change the
   * request's headers.
   */
  agent?: Agent | null | undefined;
  /** The HTTP proxy to go through; a string or a URL is its `origin`, the empty string no proxy. */
  proxy?: string | URL | ProxyOptions | null | undefined;
}
