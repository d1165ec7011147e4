/** What says that there is no value of an option: null for each, false where there is none by default. */
import { Agent } from 'node:http';
import { CLIENT_OPTIONS } from '@ws/common';
import { CONNECTION_OPTIONS } from '@ws/connection';
import { EXTENSION_OPTIONS, permessageDeflate } from '@ws/permessage-deflate';
import fc from 'fast-check';
import type { ClientOptions } from './options';
import { clientSettings } from './settings';

/** A value for each option, which is not the default. */
const GIVEN: Required<ClientOptions> = {
  maxLength: 1,
  maxStreamedLength: 2,
  highWaterMark: 3,
  maxBufferedAmount: 4,
  slowReader: 'drop',
  closeTimeout: 5,
  ping: 6,
  pingInterval: 0,
  pingTimeout: 7,
  idleTimeout: 8,
  unheardTimeout: 9,
  delivery: 'turn',
  textType: 'buffer',
  signal: new AbortController().signal,
  deflate: true,
  extensions: [permessageDeflate()],
  headers: { 'X-A': '1' },
  origin: 'https://example.com',
  protocolVersion: 8,
  handshakeTimeout: 10,
  maxHeaderSize: 11,
  followRedirects: true,
  maxRedirects: 12,
  allowInsecureRedirects: true,
  tls: { servername: 'a' },
  ca: 'pem',
  net: { keepAlive: true },
  localAddress: '127.0.0.1',
  family: 4,
  lookup: () => {},
  socketPath: '/a',
  createConnection: () => {
    throw new Error('nothing is dialled');
  },
  agent: new Agent(),
  proxy: { origin: 'http://a', headers: { 'X-B': '2' }, tls: { servername: 'b' } },
};

const NAMES = Object.keys(GIVEN) as (keyof ClientOptions)[];

/** Those that exclude one another, or are two ways to say the same. */
const EXCLUSIVE = ['extensions', 'agent', 'createConnection', 'socketPath', 'proxy'];

/** Options of which each is given, left out, or null. */
const someOptions = fc.record(
  Object.fromEntries(
    NAMES.map((name) => [
      name,
      EXCLUSIVE.includes(name)
        ? fc.constantFrom(null, undefined)
        : fc.constantFrom(null, undefined, GIVEN[name]),
    ]),
  ),
  { requiredKeys: [] },
);

const withoutNull = (options: object): ClientOptions =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== null));

/** Everything that can be compared. */
function settingsOf(options: ClientOptions | null): object {
  const settings = clientSettings(options);
  return { ...settings, extensions: settings.extensions.offer().header };
}

test('every option is tried', () => {
  const others = ['headers', 'handshakeTimeout'];
  const names = [...CONNECTION_OPTIONS, ...EXTENSION_OPTIONS, ...CLIENT_OPTIONS, ...others];
  expect([...NAMES].sort()).toEqual(names.sort());
});

test('null is as leaving an option out, whatever the others are', () => {
  fc.assert(
    fc.property(someOptions, (options) => {
      expect(settingsOf(options)).toEqual(settingsOf(withoutNull(options)));
    }),
  );
});

test.each(NAMES)('%s: null is as leaving it out', (name) => {
  expect(settingsOf({ [name]: null })).toEqual(settingsOf({}));
});

test.each<keyof ClientOptions>([
  'ping',
  'pingInterval',
  'idleTimeout',
  'signal',
  'deflate',
  'extensions',
  'headers',
  'origin',
  'tls',
  'ca',
  'net',
  'localAddress',
  'lookup',
  'socketPath',
  'createConnection',
  'agent',
  'proxy',
])('%s is none by default: false says so', (name) => {
  expect(settingsOf({ [name]: false })).toEqual(settingsOf({}));
});

test.each<unknown>([null, undefined, false, {}])('%p are no options', (options) => {
  expect(settingsOf(options as null)).toEqual(settingsOf({}));
});

test.each<unknown>([
  null,
  false,
  '',
  {},
  { origin: null },
  { origin: '' },
  { origin: false },
  { origin: null, headers: null, tls: null },
])('%j is no proxy', (proxy) => {
  expect(clientSettings({ proxy } as ClientOptions).proxy).toBeUndefined();
});

test.each<unknown>([null, undefined, false])('%p for what a proxy is told is nothing', (none) => {
  const { proxy } = clientSettings({
    proxy: { origin: 'http://a', headers: none, tls: none } as ClientOptions['proxy'],
  });
  expect(proxy).toMatchObject({ headers: {}, tls: {} });
});

test.each(['tls', 'net'] as const)('null and undefined in %s are left out', (name) => {
  const settings = clientSettings({ [name]: { a: null, b: undefined, c: false } });
  expect(settings[name]).toEqual({ c: false });
});
