/** The built site, and a server for it. */
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { extname, join } from 'node:path';
import { PAGES } from '../../src/repository';

export const DIST = join(PAGES, '.vitepress/dist');

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
};

/** The files of the pages, by their paths on the site. */
export function builtPages(): Map<string, string> {
  const files = readdirSync(DIST, { encoding: 'utf8', recursive: true });
  const pages = files.filter((file) => file.endsWith('.html') && file !== '404.html');
  return new Map(
    pages.map((file) => [
      `/${file.replace(/(?:(^|\/)index)?\.html$/, '$1')}`,
      readFileSync(join(DIST, file), 'utf8'),
    ]),
  );
}

/** Serves the site on a free port of this machine. */
export function serveSite(): Promise<Server> {
  const server = createServer((request, response) => {
    const path = decodeURI(new URL(request.url!, 'http://localhost').pathname);
    const file = path.endsWith('/') ? `${path}index.html` : extname(path) ? path : `${path}.html`;
    try {
      const body = readFileSync(join(DIST, file));
      response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'text/plain' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}
