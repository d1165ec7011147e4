/**
 * `npm start`: serves the demo on the port in the environment variable PORT, 8080 by default, of the address in HOST,
 * by default one that only this machine can reach. SIGINT (Ctrl+C) and SIGTERM stop it; the same a second time does so at once.
 */
import { listenOn, urlOf } from './listen';
import type { Demo } from './server';

const { PORT = '8080', HOST = '' } = process.env;

function stopOnSignals(demo: Demo): void {
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => {
      console.log('Stopping: every page is told, with the close code 1001.');
      void demo.close();
    });
  }
}

listenOn(PORT, HOST === '' ? undefined : HOST).then(
  (demo) => {
    stopOnSignals(demo);
    console.log(`The demo, a chat and an echo: ${urlOf(demo)}`);
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
