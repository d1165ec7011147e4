/** `npm start`: serves the demo on the port in the environment variable PORT, default 8080. */
import type { AddressInfo } from 'node:net';
import { createDemoServer } from './server';

const DEFAULT_PORT = 8080;
const HIGHEST_PORT = 65_535;

const text = process.env['PORT'] ?? String(DEFAULT_PORT);
const port = Number(text);

if (!/^\d+$/.test(text) || port > HIGHEST_PORT) {
  exitWith(`PORT is ${JSON.stringify(text)}; it must be a number from 0 to ${HIGHEST_PORT}.`);
} else {
  serve(port);
}

function serve(port: number): void {
  const server = createDemoServer();
  server.on('error', (error: NodeJS.ErrnoException) => exitWith(reasonOf(error, port)));
  server.listen(port, () => {
    const address = server.address() as AddressInfo;
    console.log(`The echo demo: http://localhost:${address.port}/`);
  });
}

function reasonOf(error: NodeJS.ErrnoException, port: number): string {
  if (error.code === 'EADDRINUSE') {
    return `Port ${port} is in use. Choose another one: PORT=${port + 1} npm start`;
  }
  if (error.code === 'EACCES') {
    return `Port ${port} may not be used by this user. Choose another one: PORT=8080 npm start`;
  }
  return `The server failed: ${error.message}`;
}

function exitWith(message: string): void {
  console.error(message);
  process.exitCode = 1;
}
