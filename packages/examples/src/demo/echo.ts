/**
 * The demo's echo. To any client: everything it receives, unchanged. To a client of the
 * `echo` subprotocol: bytes unchanged, while texts are JSON, so that the page can learn what a
 * browser does not tell it.
 *
 *     page → server                         server → page
 *                                           { "type": "hello", "version": "hybi-13" }   once, first
 *     { "type": "text", "text": "…" }       { "type": "text", "text": "…" }             the echo
 *     { "type": "ping" }                    { "type": "round-trip", "milliseconds": 0.4 }
 *     { "type": "flood" }                   { "type": "flood", "bytes": 33554432 }, those bytes, and
 *                                           { "type": "flood-over", "pauses": 410, "mostWaiting": 81920 }
 *     { "type": "end" }                     a closing frame, with the code 4000
 *
 * A page cannot ping; the server does it when the page asks, and says how long the answer took.
 */
import type { Server } from 'node:http';
import { WebSocketServer } from '@ws/websocket';
import type { ServerSocket } from '@ws/websocket';
import { flood } from './flood';
import { endUnsupported, objectIn, say } from './messages';

const SUBPROTOCOL = 'echo';

/** Serves the echo, on the path `/`. */
export function serveEcho(server: Server): WebSocketServer {
  const echo = new WebSocketServer({ server, path: '/', protocols: SUBPROTOCOL });
  echo.on('connection', converse);
  return echo;
}

function converse(ws: ServerSocket<unknown>): void {
  const isPage = ws.protocol === SUBPROTOCOL;
  if (isPage) say(ws, { type: 'hello', version: ws.version });
  ws.on('message', ({ data }) => {
    if (isPage && typeof data === 'string') answer(ws, data);
    else ws.send(data);
  });
}

function answer(ws: ServerSocket<unknown>, data: string): void {
  const { type, text } = objectIn(data) ?? {};
  if (type === 'text' && typeof text === 'string') say(ws, { type, text });
  else if (type === 'ping') void measure(ws);
  else if (type === 'flood') flood(ws);
  else if (type === 'end') ws.close(4000, 'you asked for it');
  else endUnsupported(ws, SUBPROTOCOL);
}

async function measure(ws: ServerSocket<unknown>): Promise<void> {
  try {
    say(ws, { type: 'round-trip', milliseconds: await ws.roundTrip() });
  } catch {
    // The page has gone: nobody is left to tell.
  }
}
