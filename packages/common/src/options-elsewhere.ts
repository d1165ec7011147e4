/**
 * Names that are options, though not here: those of the other end of a connection, those that belong
 * into another option, and those of `ws`, `faye-websocket` and `node:http`. What there is to say of
 * each is in one table, for whichever option is refused.
 */

/** What is made with the options. */
export type End = 'client' | 'server' | 'toolkit';

/** The options of a client-side WebSocket that a server's end does not have. */
export const CLIENT_OPTIONS: readonly string[] = [
  'origin',
  'protocolVersion',
  'maxHeaderSize',
  'followRedirects',
  'maxRedirects',
  'allowInsecureRedirects',
  'tls',
  'ca',
  'net',
  'localAddress',
  'family',
  'lookup',
  'socketPath',
  'createConnection',
  'agent',
  'proxy',
];

/** The options of a server's end that a client does not have. */
export const SERVER_OPTIONS: readonly string[] = ['protocolVersions', 'trustProxy'];

const TLS_OPTIONS: readonly string[] = [
  'ALPNProtocols',
  'cert',
  'checkServerIdentity',
  'ciphers',
  'clientCertEngine',
  'crl',
  'dhparam',
  'ecdhCurve',
  'enableTrace',
  'honorCipherOrder',
  'key',
  'maxVersion',
  'minDHSize',
  'minVersion',
  'passphrase',
  'pfx',
  'privateKeyEngine',
  'privateKeyIdentifier',
  'pskCallback',
  'rejectUnauthorized',
  'secureContext',
  'secureOptions',
  'secureProtocol',
  'servername',
  'session',
  'sessionIdContext',
  'sigalgs',
];

const NET_OPTIONS: readonly string[] = [
  'autoSelectFamily',
  'autoSelectFamilyAttemptTimeout',
  'hints',
  'keepAlive',
  'keepAliveInitialDelay',
  'localPort',
  'noDelay',
];

const DEFLATE_OPTIONS: readonly string[] = [
  'level',
  'memLevel',
  'strategy',
  'threshold',
  'serverNoContextTakeover',
  'clientNoContextTakeover',
  'serverMaxWindowBits',
  'clientMaxWindowBits',
  'takeoverWindowBits',
  'maxContextMemory',
  'contextIdleTimeout',
];

const GUIDE = 'see MIGRATING.md';
const BUILT_IN = `it is built in; ${GUIDE}`;
const OF_URL = 'it is a part of the URL';
const OF_SERVER_CLASS = `it is an option of WebSocketServer; ${GUIDE}`;
const IN_HOOK = `decide in the option upgrade of WebSocketServer; ${GUIDE}`;
const TAKEOVER = 'it is serverNoContextTakeover or clientNoContextTakeover';
const WINDOW = 'it is serverMaxWindowBits or clientMaxWindowBits';
const OF_SERVER = 'it is an option of WebSocketServer';
const OF_PING = 'it is ping, in seconds, or pingInterval, in milliseconds';
const ZLIB = 'level, memLevel and strategy are options beside it';

type Places = Readonly<Record<string, string>>;

/** Options of other libraries, on either end. */
const OF_OTHERS: Places = {
  maxPayload: 'it is maxLength',
  perMessageDeflate: 'it is deflate',
  allowSynchronousEvents: "false is delivery: 'turn', true is the default",
  autoPong: 'pings are always answered',
  skipUTF8Validation: 'text is always checked',
  generateMask: 'masks come from the system',
  masking: 'clients mask, servers do not: RFC 6455 says so',
  requireMasking: 'it is always so, as RFC 6455 says',
  maxBufferedChunks: BUILT_IN,
  maxFragments: BUILT_IN,
  maxPendingAutoPongs: BUILT_IN,
  noServer: `it is so without the options server and port of WebSocketServer; ${GUIDE}`,
  server: OF_SERVER_CLASS,
  backlog: OF_SERVER_CLASS,
  clientTracking: `clients of a WebSocketServer has them; ${GUIDE}`,
  verifyClient: IN_HOOK,
  WebSocket: `make instances of your class in a listener of upgrade; ${GUIDE}`,
  upgrade: OF_SERVER,
  origins: OF_SERVER,
  cors: 'it is origins of WebSocketServer',
  heartbeat: OF_PING,
  heartbeatInterval: OF_PING,
  binaryType: 'it is an attribute: ws.binaryType',
  timeout: 'which one: handshakeTimeout, closeTimeout, pingTimeout or idleTimeout?',
};

const OF_OTHERS_ON: Readonly<Record<End, Places>> = {
  client: {
    protocol: 'subprotocols are the second argument',
    protocols: 'subprotocols are the second argument',
    handleProtocols: IN_HOOK,
    auth: 'credentials belong into the URL, or into headers.Authorization',
    finishRequest: `the request is sent at once; its headers are the option headers; ${GUIDE}`,
    host: OF_URL,
    hostname: OF_URL,
    port: OF_URL,
    path: OF_URL,
    protocolVersions: 'it is an option of servers; that of clients is protocolVersion',
  },
  server: {
    protocol: 'subprotocols are the fourth argument',
    protocols: 'subprotocols are the fourth argument',
    handleProtocols: `subprotocols are the fourth argument; ${GUIDE}`,
    host: OF_SERVER_CLASS,
    port: OF_SERVER_CLASS,
    path: OF_SERVER_CLASS,
    protocolVersion: 'it is an option of clients; that of servers is protocolVersions',
  },
  toolkit: {
    cors: 'it is origins',
    protocol: 'it is protocols',
    handleProtocols: 'it is protocols, or the protocol that the option upgrade returns',
    verifyClient: 'it is upgrade, which returns refuse(401), or nothing to accept',
    clientTracking: 'it always has its clients',
    noServer: 'leave server and port out, and call handle()',
    WebSocket: 'its connections are of the class ServerSocket; keep what is yours in their data',
    protocolVersion: 'it is an option of clients; that of servers is protocolVersions',
  },
};

/** Names that are no options of a client, a server's end or a WebSocketServer, and what to say of each. */
export function optionsElsewhere(end: End): ReadonlyMap<string, string> {
  const isClient = end === 'client';
  return new Map([
    ...(isClient ? placesIn('net', NET_OPTIONS) : []),
    ...(isClient ? tlsOptionsIn('tls') : said('it belongs to https.createServer', TLS_OPTIONS)),
    ...placesIn('deflate', DEFLATE_OPTIONS),
    ...(isClient
      ? said('it is an option of servers', SERVER_OPTIONS)
      : said('it is an option of clients', CLIENT_OPTIONS)),
    ...Object.entries(OF_OTHERS),
    ...Object.entries(OF_OTHERS_ON[end]),
  ]);
}

/** The options of `tls.connect`, each with what to say where it belongs into the option `nest`. */
export function tlsOptionsIn(nest: string): [name: string, place: string][] {
  return placesIn(nest, TLS_OPTIONS);
}

/** Options of `ws` for one message, and what to say of each. */
export const SEND_ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['binary', 'a string is sent as text, all else as bytes'],
  ['fin', 'sendStream() sends a message in parts'],
  ['mask', 'clients mask, servers do not: RFC 6455 says so'],
]);

/** Options for compression of other libraries, and what to say of each. */
export const DEFLATE_ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['zlibDeflateOptions', ZLIB],
  ['zlibInflateOptions', ZLIB],
  ['zlib', ZLIB],
  ['concurrencyLimit', BUILT_IN],
  ['noContextTakeover', TAKEOVER],
  ['requestNoContextTakeover', TAKEOVER],
  ['maxWindowBits', WINDOW],
  ['requestMaxWindowBits', WINDOW],
]);

function placesIn(nest: string, names: readonly string[]): [name: string, place: string][] {
  return names.map((name) => [name, `it belongs into ${nest}, as ${nest}.${name}`]);
}

function said(place: string, names: readonly string[]): [name: string, place: string][] {
  return names.map((name) => [name, place]);
}
