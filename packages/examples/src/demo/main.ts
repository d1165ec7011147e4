/**
 * `npm start`: serves the demo on the port in the environment variable PORT, 8080 by default, of the address in HOST,
 * by default one that only this machine can reach. SIGINT (Ctrl+C) and SIGTERM stop it.
 */
import { listenOn, urlOf } from './listen';
import type { Demo } from './server';

const { PORT = '8080', HOST = '' } = process.env;

/** After Ctrl+C the signal comes twice: from the terminal, and from npm. */
function stopOnSignals(demo: Demo): void {
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) return;
    isStopping = true;
    console.log('Stopping: every page is told, with the close code 1001.');
    void demo.close();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
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
