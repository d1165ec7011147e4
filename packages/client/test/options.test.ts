/** What an application can get wrong: all of it is said at once, before anything is dialled. */
import { Agent } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import { Client } from '../src';
import { nextEvent } from '../../websocket/test/support/observed';
import { answering, dialled, rightAnswer } from './answering';

type Arguments = [url: unknown, protocols?: unknown, options?: unknown];
const URL_OK = 'ws://127.0.0.1:1/';

const made = (args: Arguments): unknown => new Client(...(args as [string]));

const MISTAKES: [string, string, Arguments][] = [
  ['a relative URL', 'SyntaxError', ['/chat']],
  ['another scheme', 'SyntaxError', ['ftp://a/']],
  ['a fragment', 'SyntaxError', ['ws://a/#b']],
  ['a Unix socket without a path', 'SyntaxError', ['ws+unix:']],
  ['a subprotocol that is no token', 'SyntaxError', [URL_OK, 'a b']],
  ['a subprotocol with LF', 'SyntaxError', [URL_OK, 'a\n']],
  ['a subprotocol twice', 'SyntaxError', [URL_OK, ['a', 'a']]],
  ['CR LF in a header', 'TypeError', [URL_OK, [], { headers: { a: 'b\r\nc: d' } }]],
  ['NUL in a header', 'TypeError', [URL_OK, [], { headers: { a: '\0' } }]],
  ['LF in a header name', 'TypeError', [URL_OK, [], { headers: { 'a\n': 'b' } }]],
  [
    'a header of the handshake',
    'TypeError',
    [URL_OK, [], { headers: { 'Sec-WebSocket-Key': 'x' } }],
  ],
  [
    'a subprotocol among the headers',
    'TypeError',
    [URL_OK, [], { headers: { 'Sec-WebSocket-Protocol': 'a' } }],
  ],
  ['a body announced', 'TypeError', [URL_OK, [], { headers: { 'Content-Length': 1 } }]],
  ['headers that are a string', 'TypeError', [URL_OK, [], { headers: 'a: b' }]],
  ['options that are a string', 'TypeError', [URL_OK, [], 'x']],
  ['options that are a number', 'TypeError', [URL_OK, [], 0]],
  ['a maxLength of 1.5', 'RangeError', [URL_OK, [], { maxLength: 1.5 }]],
];

test.each(MISTAKES)('%s throws %s', (_, name, args) => {
  expect(() => made(args)).toThrow(expect.objectContaining({ name }) as Error);
});

const agent = new Agent();
const secret = 'http://user:secret@host';

const WRONG: [option: string, value: unknown, error: new () => Error, text: string][] = [
  ['handshakeTimeOut', 1, TypeError, 'is not known; did you mean handshakeTimeout?'],
  ['followRedirect', true, TypeError, 'is not known; did you mean followRedirects?'],
  ['colour', 1, TypeError, 'is not known'],
  ['rejectUnauthorized', false, TypeError, 'it belongs into tls, as tls.rejectUnauthorized'],
  ['servername', 'a', TypeError, 'it belongs into tls, as tls.servername'],
  ['keepAlive', true, TypeError, 'it belongs into net, as net.keepAlive'],
  ['trustProxy', true, TypeError, 'it is an option of servers'],
  ['protocolVersions', [], TypeError, 'that of clients is protocolVersion'],
  [
    'rejectUnauthorised',
    false,
    TypeError,
    'did you mean rejectUnauthorized? (it belongs into tls,',
  ],
  ['keepalive', true, TypeError, 'did you mean keepAlive? (it belongs into net, as net.keepAlive)'],
  ['cert', 'a', TypeError, 'it belongs into tls, as tls.cert'],
  ['threshold', 1, TypeError, 'it belongs into deflate, as deflate.threshold'],
  ['maxPayload', 1, TypeError, 'it is maxLength'],
  ['perMessageDeflate', true, TypeError, 'it is deflate'],
  ['allowSynchronousEvents', false, TypeError, "false is delivery: 'turn'"],
  ['noServer', true, TypeError, 'see MIGRATING.md'],
  ['protocols', [], TypeError, 'subprotocols are the second argument'],
  ['port', 1, TypeError, 'it is a part of the URL'],
  ['requestCert', 1, TypeError, 'is not known'],
  ['handshakeTimeout', '1', TypeError, '"1" is not a number, but a string'],
  ['handshakeTimeout', -1, RangeError, '-1 is not an integer of milliseconds from 1 to 2147483647'],
  ['handshakeTimeout', 0, RangeError, 'nor Infinity, which is no limit'],
  ['ping', 30_000, RangeError, 'milliseconds are what pingInterval takes'],
  ['maxHeaderSize', '1', TypeError, '"1" is not a number'],
  ['maxHeaderSize', 0, RangeError, '0 is not an integer from 1 to'],
  ['maxRedirects', false, TypeError, 'false is not a number'],
  ['maxRedirects', -1, RangeError, '-1 is not an integer from 0 to 1000'],
  ['maxRedirects', Infinity, RangeError, 'Infinity is not an integer from 0 to 1000'],
  ['maxRedirects', NaN, RangeError, 'NaN is not an integer from 0 to 1000'],
  ['followRedirects', 1, TypeError, '1 is not a boolean'],
  ['allowInsecureRedirects', 'yes', TypeError, '"yes" is not a boolean'],
  ['protocolVersion', 7, TypeError, '7 is not one of 8, 13'],
  ['protocolVersion', '13', TypeError, '"13" is not one of 8, 13'],
  ['origin', 'https://a/', TypeError, '"https://a/" is not an origin'],
  ['origin', 'a', TypeError, '"a" is not an origin'],
  ['origin', 'https://a\r\nb: c', TypeError, 'is not an origin'],
  ['origin', 'https://ü', TypeError, 'is not an origin'],
  ['origin', 'https://u:p@a', TypeError, 'is not an origin'],
  ['origin', true, TypeError, 'true is not an origin'],
  ['origin', '', TypeError, '"" is not an origin'],
  ['tls', true, TypeError, 'true is not an object'],
  ['net', 'localhost', TypeError, '"localhost" is not an object'],
  ['ca', 1, TypeError, '1 is not a string, bytes, or a list of these'],
  ['ca', ['a', null], TypeError, '[object Array] is not a string, bytes'],
  ['ca', new Array(1), TypeError, '[object Array] is not a string, bytes'],
  ['localAddress', 'localhost', TypeError, '"localhost" is not an IP address'],
  ['localAddress', 1, TypeError, '1 is not an IP address'],
  ['family', 5, TypeError, '5 is not one of 0, 4, 6'],
  ['family', 'IPv4', TypeError, '"IPv4" is not one of 0, 4, 6'],
  ['lookup', 'dns', TypeError, '"dns" is not a function'],
  ['createConnection', {}, TypeError, '[object Object] is not a function'],
  ['socketPath', '', TypeError, '"" is not a path'],
  ['socketPath', '/a\0', TypeError, 'is not a path'],
  ['agent', {}, TypeError, '[object Object] is not an http.Agent'],
  ['agent', true, TypeError, 'true is not an http.Agent'],
  ['agent', new TlsAgent(), TypeError, 'one for https: cannot dial a ws: URL'],
  ['proxy', 1, TypeError, '1 is neither a URL nor an object'],
  ['proxy', true, TypeError, 'true is neither a URL nor an object'],
  ['proxy', 'host:8080', TypeError, 'its origin is not of the form http://host:port'],
  ['proxy', 'socks5://host', TypeError, 'its origin is not of the form http://host:port'],
  ['proxy', 'socks5h://user:secret@host', TypeError, 'takes an agent, such as socks-proxy-agent'],
  ['proxy', 'ws://host', TypeError, 'its origin is not of the form http://host:port'],
  ['proxy', `${secret}/path`, TypeError, 'its origin is not of the form http://host:port'],
  ['proxy', 'http://host:65536', TypeError, 'its origin is not of the form http://host:port'],
  ['proxy', { origin: 1 }, TypeError, 'its origin is not of the form http://host:port'],
  ['proxy.tls', { origin: secret, tls: 1 }, TypeError, '1 is not an object'],
  ['proxy.orign', { orign: secret }, TypeError, 'did you mean proxy.origin?'],
  ['proxy.pfx', { pfx: 'secret' }, TypeError, 'it belongs into proxy.tls, as proxy.tls.pfx'],
];

test.each(WRONG)('option %s: %p throws', (option, value, type, text) => {
  const name = option.replace(/^proxy\..*/, 'proxy');
  const construct = (): unknown => made([URL_OK, [], { [name]: value }]);
  expect(construct).toThrow(type);
  expect(construct).toThrow(`option ${option}`);
  expect(construct).toThrow(text);
  expect(construct).not.toThrow('secret');
});

test.each([{ 'Content-Length': 1 }, { 'a b': 'c' }, { a: 'b\r\nc: d' }])(
  'the headers %j for a proxy throw',
  (headers) => {
    const construct = (): unknown => made([URL_OK, [], { proxy: { origin: secret, headers } }]);
    expect(construct).toThrow(TypeError);
    expect(construct).toThrow(/proxy.headers/);
  },
);

test.each<[string, object, string, string?]>([
  ['agent', { agent, proxy: 'http://a' }, 'option proxy'],
  ['agent', { agent, createConnection: () => {} }, 'option createConnection'],
  ['socketPath', { socketPath: '/a', proxy: 'http://a' }, 'option proxy'],
  ['socketPath', { socketPath: '/a' }, 'a Unix socket’s URL', 'ws+unix:/a'],
  ['proxy', { proxy: 'http://a' }, 'a Unix socket’s URL', 'ws+unix:/a'],
])('option %s excludes other things: %j', (option, options, other, url = URL_OK) => {
  const message = `option ${option}: it cannot be used together with ${other}`;
  expect(() => made([url, [], options])).toThrow(new TypeError(message));
});

test('an agent for http: cannot dial wss:', () => {
  const message = 'option agent: one for http: cannot dial a wss: URL';
  expect(() => made(['wss://a/', [], { agent }])).toThrow(message);
});

test('undefined is the same as leaving an option out', async () => {
  const names = ['headers', 'origin', 'protocolVersion', 'handshakeTimeout', 'maxHeaderSize'];
  names.push('followRedirects', 'maxRedirects', 'allowInsecureRedirects', 'tls', 'ca', 'net');
  names.push('localAddress', 'family', 'lookup', 'socketPath', 'createConnection', 'agent');
  names.push('proxy', 'maxLength', 'closeTimeout');
  const port = await answering((asked) => asked.socket.write(rightAnswer(asked)));
  const options = Object.fromEntries(names.map((name) => [name, undefined]));
  const { ws } = dialled(`ws://127.0.0.1:${port}/`, [], options);
  await nextEvent(ws, 'open');
});

test('what the caller passes is never changed', async () => {
  const headers = Object.freeze({ 'X-A': Object.freeze(['1']) });
  const tls = Object.freeze({ ca: null as unknown as string });
  const net = Object.freeze({ host: 'a', port: 1, keepAlive: true });
  const proxy = Object.freeze({ headers, tls });
  const options = Object.freeze({ headers, tls, net, proxy, handshakeTimeout: undefined });
  const port = await answering((asked) => asked.socket.write(rightAnswer(asked)));
  const url = Object.freeze(new URL(`ws://127.0.0.1:${port}/`));
  const { ws } = dialled(url, Object.freeze([]), options);
  await nextEvent(ws, 'open');
  expect(ws.url).toBe(url.href);
});

test('what the caller changes later changes nothing', async () => {
  const heads: string[] = [];
  const port = await answering((asked) => {
    heads.push(asked.head);
    if (heads.length === 2) asked.socket.write(rightAnswer(asked));
    else asked.socket.write('HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n');
  });
  const headers = { 'X-A': ['1'], 'X-B': '2' };
  const options = { headers, followRedirects: true };
  const { ws } = dialled(`ws://127.0.0.1:${port}/`, [], options);
  headers['X-A'].push('3');
  headers['X-B'] = '4';
  options.followRedirects = false;
  await nextEvent(ws, 'open');
  expect(heads[1]).toContain('\r\nX-A: 1\r\nX-B: 2\r\n\r\n');
});
