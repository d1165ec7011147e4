/**
 * Options that a client hands on to `tls.connect` and `net.connect`: which of them it does not, and
 * where those belong that are often taken for options of the client.
 */

/** Options of `tls.connect` that would dial elsewhere than the URL says. */
export const IGNORED_TLS: ReadonlySet<string> = new Set(['host', 'port', 'path', 'socket']);

/** The same for `net.connect`, and what would keep the bytes from the HTTP parser. */
export const IGNORED_NET: ReadonlySet<string> = new Set(['host', 'port', 'path', 'onread']);

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

/** The options of `tls.connect`, each with what to say where it belongs into the option `nest`. */
export function tlsOptionsIn(nest: string): [name: string, place: string][] {
  return placesIn(nest, TLS_OPTIONS);
}

/** What is no option of a client, though it is one somewhere else. */
export const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ...tlsOptionsIn('tls'),
  ...placesIn('net', NET_OPTIONS),
  ['trustProxy', 'it is an option of servers'],
]);

function placesIn(nest: string, names: readonly string[]): [name: string, place: string][] {
  return names.map((name) => [name, `it belongs into ${nest}, as ${nest}.${name}`]);
}
