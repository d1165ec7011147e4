/** `npm run example -- frameworks NAME`: a chat beside a framework, on the port in PORT (8080), until Ctrl+C. */
import type { Server } from 'node:http';
import { urlOf } from '../support/show';

type Start = (port: number) => Server | Promise<Server>;

/** Each is loaded by itself: nobody waits for the others. */
const FRAMEWORKS: Readonly<Record<string, () => Promise<Start>>> = {
  express: async () => (await import('./express.js')).startExpressServer,
  fastify: async () => (await import('./fastify.js')).startFastifyServer,
  hono: async () => (await import('./hono.js')).startHonoServer,
  http: async () => (await import('./http.js')).startHttpServer,
  koa: async () => (await import('./koa.js')).startKoaServer,
};

async function main(name = ''): Promise<void> {
  const load = FRAMEWORKS[name];
  if (load === undefined) {
    console.error(`Which one? ${Object.keys(FRAMEWORKS).join(', ')}`);
    process.exitCode = 1;
    return;
  }
  const start = await load();
  const url = await urlOf(await start(Number(process.env['PORT'] ?? 8080)));
  console.log(`Log in at ${url.replace('ws:', 'http:')}login?token=adas-link`);
  console.log(`Then pages of that address can connect to ${url}chat/lobby`);
}

void main(process.argv[3]);
