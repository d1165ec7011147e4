import { answer, offer, readAnswer } from './deflate-parameters';
import {
  acceptKey,
  newKey,
  requestFault,
  requestHeaders,
  responseFault,
  responseHeaders,
} from './handshake';
import { splitHead, writeHead } from './head';
import type { Head } from './head';
import { challenge, newHixieKeys } from './hixie-handshake';

const TARGET = { host: 'example.com:80', path: '/' };
const PLAIN = { noContextTakeover: false, windowBits: undefined };
const NOTHING_OFFERED = { protocols: [], extensions: false };

test('the accept key is that of RFC 6455 §1.3', () => {
  expect(acceptKey('dGhlIHNhbXBsZSBub25jZQ==')).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
});

test('the challenge is that of the worked example of draft 76', () => {
  const keys = {
    key1: '4 @1  46546xW%0l 1 5',
    key2: '12998 5 Y3 1  .P00',
    key3: Buffer.from('^n:ds[4U'),
  };
  expect(challenge(keys).toString()).toBe("8jKS'y:G*Co,Wxa-");
});

test('the keys of draft 76 hold numbers of 32 bits', () => {
  for (let i = 0; i < 200; i++) expect(() => challenge(newHixieKeys())).not.toThrow();
});

test('requests and responses are to its own taste', () => {
  const key = newKey();
  expect(
    requestFault(head('GET / HTTP/1.1', requestHeaders(TARGET, 13, key, undefined))),
  ).toBeUndefined();
  const response = head('HTTP/1.1 101 Switching Protocols', responseHeaders(key, undefined));
  expect(responseFault(response, key, NOTHING_OFFERED)).toBeUndefined();
  expect(responseFault(response, newKey(), NOTHING_OFFERED)).toMatch(/accept key/);
});

test.each([
  ['Upgrade', null, /upgrade/],
  ['Connection', 'close', /Connection/],
  ['Sec-WebSocket-Key', 'short', /key/],
  ['Sec-WebSocket-Version', '8', /13/],
  ['Host', ['a', 'b'], /Host/],
])('a request with %s: %p is at fault', (name, value, fault) => {
  const headers = requestHeaders(TARGET, 13, newKey(), undefined);
  const octets = writeHead('GET / HTTP/1.1', headers, { headers: { [name]: value } });
  expect(requestFault(splitHead(octets)!.head)).toMatch(fault);
});

test.each(['Sec-WebSocket-Protocol', 'Sec-WebSocket-Extensions'])(
  '%s must have been offered',
  (name) => {
    const key = newKey();
    const change = { headers: { [name]: 'x' } };
    const octets = writeHead('HTTP/1.1 101 Yes', responseHeaders(key, undefined), change);
    expect(responseFault(splitHead(octets)!.head, key, NOTHING_OFFERED)).toMatch(/not offered/);
  },
);

test('what is behind a head stays as it is', () => {
  expect(splitHead(Buffer.from('GET /'))).toBeUndefined();
  expect(splitHead(Buffer.from('GET / HTTP/1.1\r\na: 1\r\nA: 2\r\n\r\nrest'))).toMatchObject({
    head: { startLine: 'GET / HTTP/1.1', headers: new Map([['a', ['1', '2']]]) },
    rest: Buffer.from('rest'),
  });
});

test('offers ask of the server what the case demands', () => {
  expect(offer([{ noContextTakeover: true, windowBits: 9 }, PLAIN])).toBe(
    'permessage-deflate; client_no_context_takeover; client_max_window_bits; ' +
      'server_no_context_takeover; server_max_window_bits=9, ' +
      'permessage-deflate; client_no_context_takeover; client_max_window_bits',
  );
});

test.each([
  ['permessage-deflate', PLAIN, true],
  ['permessage-deflate; server_max_window_bits=9', { ...PLAIN, windowBits: 10 }, true],
  ['permessage-deflate; server_max_window_bits=10', { ...PLAIN, windowBits: 9 }, false],
  ['permessage-deflate', { ...PLAIN, noContextTakeover: true }, false],
  ['x-deflate', PLAIN, false],
])('the answer %p to %p is right: %p', (header, demand, right) => {
  const read = (): unknown => readAnswer(header, [demand]);
  if (right) expect(read()).toBeDefined();
  else expect(read).toThrow(header);
});

test('a client is asked for a window only when its offer lets the suite', () => {
  const demands = [{ noContextTakeover: true, windowBits: 9 }, PLAIN];
  expect(answer('permessage-deflate', demands)?.header).toBe('permessage-deflate');
  expect(answer('permessage-deflate; client_max_window_bits', demands)?.header).toBe(
    'permessage-deflate; client_no_context_takeover; client_max_window_bits=9',
  );
  expect(answer('x-other', demands)).toBeUndefined();
  expect(answer(undefined, demands)).toBeUndefined();
});

test('what an offer asks of the suite is granted', () => {
  const header = 'permessage-deflate; server_no_context_takeover; server_max_window_bits=10';
  expect(answer(header, [PLAIN])).toEqual({
    header,
    agreement: {
      suite: { contextTakeover: false, windowBits: 10 },
      endpoint: { contextTakeover: true, windowBits: 15 },
    },
  });
});

function head(startLine: string, headers: Parameters<typeof writeHead>[1]): Head {
  return splitHead(writeHead(startLine, headers))!.head;
}
