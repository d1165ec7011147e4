/**
 * The demo's page, as an HTTP request listener: a few files and nothing else, read once. No path
 * of a request ever reaches the file system.
 */
import { readFileSync } from 'node:fs';
import type { RequestListener, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Sessions } from './sessions';

/** As far from `lib/demo` as from `src/demo`. */
const PUBLIC = join(__dirname, '..', '..', 'public');
const SCRIPTS = ['demo', 'chat', 'echo', 'files', 'lasting-socket', 'log', 'panel', 'wording'];

const ASSETS: ReadonlyMap<string, Asset> = new Map([
  ['/', asset('index.html', 'text/html')],
  ['/demo.css', asset('demo.css', 'text/css')],
  ...SCRIPTS.map((name): [string, Asset] => [
    `/${name}.mjs`,
    asset(`${name}.mjs`, 'text/javascript'),
  ]),
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

/** Answers with a file, 404 or 405. Whoever loads the page has a session from then on. */
export function assetsFor(sessions: Sessions): RequestListener {
  return ({ method, url = '/', headers }, response) => {
    if (method !== 'GET' && method !== 'HEAD') {
      answerPlainly(response, 405, 'Method not allowed', { Allow: 'GET, HEAD' });
      return;
    }
    const path = url.replace(/\?.*$/s, '');
    const found = ASSETS.get(path);
    if (found === undefined) {
      answerPlainly(response, 404, 'Not found');
      return;
    }
    const session = path === '/' ? sessions.headersFor(headers.cookie) : {};
    const content = { 'Content-Type': found.type, 'Content-Length': found.body.byteLength };
    response.writeHead(200, { ...HEADERS, ...session, ...content });
    response.end(found.body);
  };
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
