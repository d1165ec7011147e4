/** The driver that faye-websocket is built on. */
import { SERVER, type Role } from '@ws/frame-parser';
import { http } from 'websocket-driver';
import { hexOf, MAX_LENGTH, pieces } from '../bytes/told';
import { KEY, REQUEST_HEADERS } from '../bytes/heads';
import {
  LATE_UTF8,
  LENIENT_LENGTHS,
  LENIENT_MASKS,
  NO_FRAGMENT_LIMIT,
  OLD_CLOSE_CODES,
  type Difference,
  type TheirTold,
} from './verdict';

export const DRIVER_DIFFERENCES: readonly Difference[] = [
  LATE_UTF8,
  LENIENT_LENGTHS,
  LENIENT_MASKS,
  NO_FRAGMENT_LIMIT,
  OLD_CLOSE_CODES,
];

const headers = { ...REQUEST_HEADERS['hybi-13'], 'sec-websocket-key': KEY };
const request = { method: 'GET', url: '/', headers: headers as Record<string, string> };

export function tellWithDriver(at: Role, wire: Uint8Array, cuts: readonly number[]): TheirTold[] {
  const told: TheirTold[] = [];
  const driver = http(request, { maxLength: MAX_LENGTH, requireMasking: at === SERVER });
  let refused = false;
  driver.on('message', ({ data }) => {
    told.push(typeof data === 'string' ? ['text', data] : ['binary', hexOf(data)]);
  });
  // It decodes the payload of a ping and a pong as text.
  driver.on('ping', ({ data }) => told.push(['ping', String(data)]));
  driver.on('pong', ({ data }) => told.push(['pong', String(data)]));
  driver.on('error', () => (refused = true));
  driver.on('close', ({ code, reason }) => {
    // A closing frame with a bad code or reason is answered with 1002, and is no error.
    told.push(refused || code === 1002 ? ['refused'] : ['close', code, reason]);
  });
  driver.start();
  for (const chunk of pieces(wire, cuts)) driver.parse(Buffer.from(chunk));
  return told;
}
