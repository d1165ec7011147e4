/** Servers, clients and bytes for the deeds of a program; all end with the deed that has made them. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { clearTimeout, setTimeout } from 'node:timers';
import { Client, WebSocketServer } from '@ws/websocket';

const DEADLINE = 10_000;
const HANDSHAKE = {
  Host: '127.0.0.1',
  Upgrade: 'websocket',
  Connection: 'Upgrade',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

const endings = [];

/** Does each deed by itself; prints how many there were, and throws when one has failed. */
export async function perform(deeds) {
  const failures = [];
  const fail = (name) => (error) => failures.push(`${name}: ${error.stack}`);
  process.on('warning', fail('warning'));
  for (const [name, deed] of Object.entries(deeds)) {
    await inTime(deed()).catch(fail(name));
    await inTime(endAll()).catch(fail(`the end of ${name}`));
  }
  if (failures.length > 0) throw new Error(failures.join('\n'));
  console.log(`${Object.keys(deeds).length} deeds`);
}

/** Listens on a free port, with a page for every request unless it is told otherwise. */
export async function serve(server = createServer((_, response) => response.end('a page'))) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  endings.push(() => closed(server));
  return server;
}

/** A WebSocketServer on an HTTP server of its own, and the URL of that. */
export async function serveChat(options) {
  const server = await serve();
  const chat = new WebSocketServer({ server, ...options });
  endings.push(() => chat.close({ timeout: 0 }));
  return { server, chat, url: urlOf(server) };
}

export function urlOf(server) {
  return `ws://127.0.0.1:${server.address().port}`;
}

export function dial(url, protocols = [], options = {}) {
  const ws = new Client(url, protocols, options);
  endings.push(() => ws.terminate());
  return ws;
}

/** An open client. */
export async function connected(...dialled) {
  const ws = dial(...dialled);
  await eventOf(ws, 'open');
  return ws;
}

/** How the server refuses a client: the error of its opening. */
export async function refusalOf(...dialled) {
  const { error } = await eventOf(dial(...dialled), 'error');
  return error;
}

/** An event of a WebSocket; fails when the connection ends without it. */
export function eventOf(ws, type) {
  return new Promise((resolve, reject) => {
    ws.once(type, resolve);
    if (type === 'close') return;
    ws.once('close', ({ code }) => reject(new Error(`closed with ${code}, no ${type}`)));
  });
}

/** The next messages, as many as that. */
export function messagesOf(ws, count) {
  return new Promise((resolve, reject) => {
    const received = [];
    ws.on('message', ({ data }) => received.push(data) === count && resolve(received));
    ws.on('close', ({ code }) => reject(new Error(`closed with ${code}, got ${received}`)));
  });
}

/** A TCP client that has sent a handshake, with some of its headers replaced, behind what is `before` it. */
export function sendHandshake(server, headers = {}, path = '/', before = '') {
  const socket = connect(server.address().port, '127.0.0.1');
  const fields = Object.entries({ ...HANDSHAKE, ...headers });
  const lines = [`GET ${path} HTTP/1.1`, ...fields.map((field) => field.join(': '))];
  socket.write(`${before}${lines.join('\r\n')}\r\n\r\n`);
  endings.push(() => socket.destroy());
  return socket;
}

/** The status of the first response that a TCP client gets. */
export async function statusOf(socket) {
  const [chunk] = await once(socket, 'data');
  return Number(String(chunk).split(' ')[1]);
}

async function endAll() {
  for (const end of endings.splice(0).reverse()) await end();
}

function closed(server) {
  return new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections?.();
  });
}

function inTime(work) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`took more than ${DEADLINE} ms`)), DEADLINE);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
