/** Requests and sockets that are not Node's own: those of frameworks. */
import type { IncomingMessage } from 'node:http';
import { Duplex, PassThrough } from 'node:stream';
import { serverSettings } from './options';
import { UpgradeOpening } from './upgrade-opening';

function requestWith(headers: Record<string, string | string[]>): IncomingMessage {
  const request = {
    method: 'GET',
    url: '/',
    headers: { host: 'example.com', upgrade: 'websocket', connection: 'Upgrade', ...headers },
    readableLength: 0,
    on: () => request,
    off: () => request,
  };
  return request as unknown as IncomingMessage;
}

function socketThatRecords(): { socket: Duplex; written: string[] } {
  const written: string[] = [];
  const socket = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      written.push(chunk.toString('latin1'));
      done();
    },
  });
  return { socket, written };
}

/** The version of the connection that is opened, or the error instead. */
function outcomeOf(
  request: IncomingMessage,
  socket: Duplex,
  head = Buffer.alloc(8),
): Promise<unknown> {
  const opening = new UpgradeOpening(request, socket, head, [], serverSettings());
  return new Promise((resolve) =>
    opening.begin({
      websocket: {},
      opened: (session) => resolve(session.version),
      failed: resolve,
    }),
  );
}

test('a key that is there twice is one value, as it was judged', async () => {
  const { socket, written } = socketThatRecords();
  // The blank that the number needs is the one that joins the two.
  const keys = { 'sec-websocket-key1': ['12', '34'], 'sec-websocket-key2': '1 2' };
  expect(await outcomeOf(requestWith(keys), socket)).toBe('hixie-76');
  expect(written.at(-1)).toHaveLength(16);
});

test('a key that is the body of the request is not discarded by a socket that discards bodies', async () => {
  const { method, url, headers } = requestWith({
    'sec-websocket-key1': '1 2',
    'sec-websocket-key2': '1 2',
  });
  const body = new PassThrough();
  body.write('123');
  const request = Object.assign(body, { method, url, headers, complete: false });
  const { socket } = socketThatRecords();
  // As Node 26 does.
  socket._read = () => request.resume();
  const outcome = outcomeOf(request as unknown as IncomingMessage, socket, Buffer.alloc(0));
  setImmediate(() => request.write('45678'));
  expect(await outcome).toBe('hixie-76');
});

test('an end of stream that nobody has read yet is noticed before the answer', async () => {
  const { socket, written } = socketThatRecords();
  socket.push(null);
  const gone = expect.objectContaining({ code: 'WS_ERR_CLIENT_GONE' }) as Error;
  expect(await outcomeOf(requestWith({}), socket)).toEqual(gone);
  expect(written).toEqual([]);
  expect(socket.destroyed).toBe(true);
});

test('bytes in front of an end of stream are for the connection', async () => {
  const { socket } = socketThatRecords();
  socket.push('\0hi\xff');
  socket.push(null);
  expect(await outcomeOf(requestWith({}), socket)).toBe('hixie-75');
});

test('the socket is left as it was once it is handed over', async () => {
  const { socket } = socketThatRecords();
  const before = socket.eventNames();
  expect(await outcomeOf(requestWith({}), socket)).toBe('hixie-75');
  expect(socket.eventNames()).toEqual(before);
});
