/**
 * Groups 12 and 13 once more, with the library `ws` in the suite's place: what it compresses we
 * inflate, and the other way round. Compression of ours is set to do whatever `ws` asks for, and
 * leaves no message out for being short.
 */
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import WebSocket, { WebSocketServer } from 'ws';
import type { PerMessageDeflateOptions } from 'ws';
import { EXCHANGES } from './cases/12-13-compression';
import type { Exchange } from './cases/12-13-compression';
import { checkPatterns, matches } from './cases';
import { messages } from './corpus';
import { serveEcho, visit } from './endpoints/ours';
import type { Message, Role } from './model/case';

const USAGE = `npm run conformance:ws -- [options]

  --role <role>       of this toolkit: server or client; default: both
  --cases <patterns>  numbers separated by commas: 12, 13.7.*
  --messages <n>      exchanged in each case (1000)
  --help`;

const WILLING = {
  maxLength: 2 ** 25,
  deflate: { serverNoContextTakeover: false, clientNoContextTakeover: false, threshold: 0 },
};

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      role: { type: 'string' },
      cases: { type: 'string', default: '' },
      messages: { type: 'string', default: '1000' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(`${USAGE}\n`);
  const count = Number(values.messages);
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(`--messages: ${values.messages} is not a positive integer`);
  }
  const patterns = values.cases.split(',').flatMap((pattern) => pattern.trim() || []);
  checkPatterns(
    patterns,
    EXCHANGES.map(({ id }) => id),
  );
  for (const role of rolesOf(values.role)) await runRole(role, patterns, count);
}

function rolesOf(role: string | undefined): readonly Role[] {
  if (role === undefined) return ['server', 'client'];
  if (role === 'server' || role === 'client') return [role];
  throw new TypeError(`--role: ${JSON.stringify(role)} is neither server nor client`);
}

/** Runs the cases, and says what came of each that failed, and how many did not. */
async function runRole(role: Role, patterns: readonly string[], count: number): Promise<void> {
  const exchanges = EXCHANGES.filter(({ id }) => matches(id, patterns));
  const run = role === 'server' ? await ourServer(count) : ourClient(count);
  let passed = 0;
  for (const exchange of exchanges) {
    try {
      await run(exchange);
      passed++;
    } catch (error) {
      process.exitCode = 1;
      process.stdout.write(`${exchange.id}: ${String(error)}\n`);
    }
    process.stderr.write(`Our ${role}: ${exchange.id}, ${passed} passed\n`);
  }
  process.stdout.write(`Our ${role} with ws: ${passed} of ${exchanges.length} cases passed\n`);
}

type Run = (exchange: Exchange) => Promise<void>;

async function ourServer(count: number): Promise<Run> {
  const port = await serveEcho(WILLING);
  return async (exchange) => {
    const perMessageDeflate = { ...asked(exchange, 'server'), clientNoContextTakeover: true };
    const peer = new WebSocket(`ws://127.0.0.1:${port}/`, { perMessageDeflate });
    await once(peer, 'open');
    await converse(peer, exchange, count);
  };
}

function ourClient(count: number): Run {
  return async (exchange) => {
    const perMessageDeflate = asked(exchange, 'client');
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate });
    try {
      await once(server, 'listening');
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('no port');
      const connected = once(server, 'connection');
      const visited = visit(`ws://127.0.0.1:${address.port}/`, WILLING);
      const [peer] = (await Promise.race([connected, visited.then(failed)])) as [WebSocket];
      await converse(peer, exchange, count);
      await visited;
    } finally {
      server.close();
    }
  };
}

function failed(): never {
  throw new Error('the connection could not be opened');
}

/** What `ws` asks of the end under test, which is the server or the client. */
function asked({ demands }: Exchange, role: Role): PerMessageDeflateOptions {
  const { noContextTakeover = false, windowBits } = demands[0] ?? {};
  const bits = windowBits === undefined ? {} : { [`${role}MaxWindowBits`]: windowBits };
  return { threshold: 0, [`${role}NoContextTakeover`]: noContextTakeover, ...bits };
}

/** Sends messages, one after the other, and compares what comes back. */
async function converse(peer: WebSocket, exchange: Exchange, count: number): Promise<void> {
  const closed = once(peer, 'close').then(([code]) => {
    throw new Error(`closed with ${code as number}`);
  });
  closed.catch(() => undefined);
  if (!peer.extensions.includes('permessage-deflate')) throw new Error('nothing was negotiated');
  const next = messages(exchange.corpus, exchange.length);
  for (let at = 0; at < count; at++) {
    const message = next();
    const answer = once(peer, 'message');
    sendInPieces(peer, message, exchange.fragment);
    const [data, isBinary] = (await Promise.race([answer, closed])) as [Buffer, boolean];
    if (isBinary !== (message.kind === 'binary') || !data.equals(message.data)) {
      throw new Error(`message ${at} came back changed`);
    }
  }
  peer.close(1000);
  const [code] = (await once(peer, 'close')) as [number];
  if (code !== 1000) throw new Error(`closed with ${code}`);
}

/** `ws` cuts what it is given, not what it makes of that; text becomes about a quarter of its size. */
const PLAIN_PER_COMPRESSED = 4;

function sendInPieces(
  peer: WebSocket,
  { kind, data }: Message,
  fragment: number | undefined,
): void {
  const binary = kind === 'binary';
  const size = fragment === undefined ? data.length : fragment * PLAIN_PER_COMPRESSED;
  for (let at = 0; at < data.length; at += size) {
    const fin = at + size >= data.length;
    peer.send(data.subarray(at, at + size), { binary, fin, compress: true });
  }
}

void main()
  .catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}\n`);
    process.exitCode = 1;
  })
  .finally(() => process.exit());
