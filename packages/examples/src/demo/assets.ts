/**
 * The demo's page, as an HTTP request listener: three files and nothing else, read once. No path
 * of a request ever reaches the file system.
 */
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';

/** As far from `lib/demo` as from `src/demo`. */
const PUBLIC = join(__dirname, '..', '..', 'public');

const ASSETS: ReadonlyMap<string, Asset> = new Map([
  ['/', asset('index.html', 'text/html')],
  ['/demo.css', asset('demo.css', 'text/css')],
  ['/demo.mjs', asset('demo.mjs', 'text/javascript')],
]);

const HEADERS = {
  'Cache-Control': 'no-cache',
  'Content-Security-Policy':
    "default-src 'self'; connect-src 'self' ws: wss:; img-src data:; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
};

interface Asset {
  readonly body: Buffer;
  readonly type: string;
}

function asset(name: string, type: string): Asset {
  return { body: readFileSync(join(PUBLIC, name)), type: `${type}; charset=utf-8` };
}

/** Answers with a file, 404 or 405. */
export function serveAssets(request: IncomingMessage, response: ServerResponse): void {
  const { method, url = '/' } = request;
  if (method !== 'GET' && method !== 'HEAD') {
    answerPlainly(response, 405, 'Method not allowed', { Allow: 'GET, HEAD' });
    return;
  }
  const found = ASSETS.get(url.replace(/\?.*$/s, ''));
  if (found === undefined) {
    answerPlainly(response, 404, 'Not found');
    return;
  }
  const { body, type } = found;
  response.writeHead(200, { ...HEADERS, 'Content-Type': type, 'Content-Length': body.byteLength });
  response.end(body);
}

function answerPlainly(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { ...headers, 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(`${text}\n`);
}
