/** The opening handshakes of an endpoint with faults. */
import { acceptKey, newKey } from '../src/wire/handshake';
import type { DeflateAgreement, SenderSettings } from '../src/wire/deflate-parameters';
import type { Role } from '../src/model/case';
import type { Has } from './mutant';

export function requestOf(host: string, path: string): { request: string; key: string } {
  const key = newKey();
  const lines = [
    `GET ${path} HTTP/1.1`,
    `Host: ${host}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Key: ${key}`,
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits',
  ];
  return { request: `${lines.join('\r\n')}\r\n\r\n`, key };
}

/** What the client makes of a response; undefined if it does not accept it. */
export function readResponse(
  head: string,
  key: string,
  has: Has,
): { extensions: string | undefined } | undefined {
  const accepted =
    header(head, 'Sec-WebSocket-Accept') === acceptKey(key) || has('ignores the accept key');
  const status = head.startsWith('HTTP/1.1 101') || has('ignores the status');
  return accepted && status ? { extensions: header(head, 'Sec-WebSocket-Extensions') } : undefined;
}

export function responseOf(
  head: string,
  has: Has,
): { response: string; extensions: string | undefined } {
  const key = header(head, 'Sec-WebSocket-Key') ?? '';
  if (header(head, 'Sec-WebSocket-Version') !== '13' && !has('answers any version')) {
    return { response: refusal('426 Upgrade Required'), extensions: undefined };
  }
  if (!/^[\w+/]{22}==$/.test(key) && !has('answers any key')) {
    return { response: refusal('400 Bad Request'), extensions: undefined };
  }
  const extensions = answerTo(header(head, 'Sec-WebSocket-Extensions') ?? '');
  const lines = [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${acceptKey(has('sends a wrong accept key') ? `${key}.` : key)}`,
    ...(extensions === undefined ? [] : [`Sec-WebSocket-Extensions: ${extensions}`]),
    ...(has('names an extension nobody offered') ? ['Sec-WebSocket-Extensions: x-mine'] : []),
    ...(has('names a subprotocol nobody offered') ? ['Sec-WebSocket-Protocol: mine'] : []),
  ];
  return { response: `${lines.join('\r\n')}\r\n\r\n`, extensions };
}

/** What was agreed on, from the endpoint's side: its own sender first. */
export function agreementOf(
  extensions: string | undefined,
  role: Role,
  has: Has,
): DeflateAgreement | undefined {
  if (extensions?.startsWith('permessage-deflate') !== true) return undefined;
  const other = role === 'server' ? 'client' : 'server';
  const own = settingsOf(extensions, role);
  const sender = {
    contextTakeover: own.contextTakeover || has('keeps its context against what was agreed'),
    windowBits: has('ignores the window that was agreed') ? 15 : own.windowBits,
  };
  return { suite: sender, endpoint: settingsOf(extensions, other) };
}

function settingsOf(extensions: string, side: string): SenderSettings {
  const bits = new RegExp(`${side}_max_window_bits=(\\d+)`).exec(extensions)?.[1];
  return {
    contextTakeover: !extensions.includes(`${side}_no_context_takeover`),
    windowBits: Number(bits ?? 15),
  };
}

/** Grants what the first offer asks of the server. */
function answerTo(offers: string): string | undefined {
  const [first = ''] = offers.split(',');
  if (!first.startsWith('permessage-deflate')) return undefined;
  const asked = first.split(';').filter((item) => item.trim().startsWith('server_'));
  return ['permessage-deflate', ...asked.map((item) => item.trim())].join('; ');
}

function refusal(status: string): string {
  return `HTTP/1.1 ${status}\r\nSec-WebSocket-Version: 13\r\nConnection: close\r\n\r\n`;
}

function header(head: string, name: string): string | undefined {
  return new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1];
}
