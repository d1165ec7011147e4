/** Faye: its client speaks through an HTTP proxy, one that it is given or that is in the environment. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import faye from 'faye';
import { selfSigned, serve } from './support/faye.mjs';
import { Inbox, listen, within } from './support/waiting.mjs';

const CREDENTIALS = `Basic ${Buffer.from('user:password').toString('base64')}`;

const tunnels = [];
const proxy = http.createServer(forward);
proxy.on('connect', openTunnel);
const address = `127.0.0.1:${await listen(proxy)}`;
const origin = `http://user:password@${address}`;

// The client begins with a request by POST, which opens a tunnel of its own for https alone.
await talk({ proxy: { origin } });
const known = { authorization: CREDENTIALS, tenant: undefined };
assert.deepEqual(tunnels.splice(0), [known]);

await talk({ proxy: { origin, headers: { 'X-Tenant': 'one' } } }, await selfSigned());
assert.deepEqual(tunnels.splice(0), Array(2).fill({ ...known, tenant: 'one' }));

process.env.http_proxy = `http://${address}`;
await talk({});
assert.deepEqual(tunnels.splice(0), [{ authorization: undefined, tenant: undefined }]);
// Faye's clients leave timers of a minute behind.
process.exit();

async function talk(options, tls) {
  const server = await serve({ tls });
  // By name, since Node 26 takes no address from the agent that faye uses for https.
  const url = server.url.replace('127.0.0.1', 'localhost');
  const client = new faye.Client(url, { ...options, tls: { ca: tls?.cert } });
  const messages = new Inbox();
  await within(client.subscribe('/test', messages.put), 'a subscription');
  await within(client.publish('/test', 'through a proxy'), 'an acknowledgement');
  assert.equal(await messages.next('a message'), 'through a proxy');
  await within(client.disconnect(), 'the end of the client');
  server.close();
}

function forward(request, response) {
  const { url, method, headers } = request;
  const forwarded = http.request(url, { method, headers }, (answer) => {
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  forwarded.on('error', () => response.destroy());
  request.pipe(forwarded);
}

async function openTunnel({ url, headers }, socket, head) {
  tunnels.push({ authorization: headers['proxy-authorization'], tenant: headers['x-tenant'] });
  const [host, port] = url.split(':');
  const target = net.connect(port, host);
  for (const end of [socket, target]) end.on('error', () => {});
  await once(target, 'connect');
  socket.write('HTTP/1.1 200 OK\r\n\r\n');
  target.write(head);
  socket.pipe(target).pipe(socket);
}
