/** `npm start`: serves the demo on the port in the environment variable PORT, 8080 by default. */
import { listenOn, urlOf } from './listen';

listenOn(process.env['PORT'] ?? '8080').then(
  (server) => console.log(`The echo demo: ${urlOf(server)}`),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
