/** What an answer that opens nothing leaves behind: its status, its headers, the beginning of its body. */
import { createServer } from 'node:http';
import { PassThrough } from 'node:stream';
import type { Session } from '@ws/connection';
import { ConnectError, dial } from '../src';
import { beginningOf } from '../src/failed-response';
import { responseHead } from '../../websocket/test/support/requests';
import { listen } from '../../websocket/test/support/test-server';
import { answering, dialled, rightAnswer } from './answering';

async function failureOf(url: string, options = {}): Promise<ConnectError> {
  const { events, errors, closed } = dialled(url, [], options);
  expect(await closed).toEqual({ code: 1006, reason: '', wasClean: false });
  expect(events).toEqual(['error WS_ERR_UNEXPECTED_STATUS', 'close 1006']);
  const [error] = errors;
  if (error instanceof ConnectError) return error;
  throw error;
}

test('the status, the headers and the body of a refusal', async () => {
  const server = createServer((_, response) => {
    response.writeHead(403, { 'X-Why': 'because', 'Set-Cookie': ['a=1', 'b=2'] }).end('go away');
  });
  const error = await failureOf(`ws://127.0.0.1:${await listen(server)}/`);
  expect(error).toMatchObject({
    name: 'ConnectError',
    message: 'the server answered with status 403, not with 101',
    statusCode: 403,
    headers: { 'x-why': 'because', 'set-cookie': ['a=1', 'b=2'] },
    cause: { name: 'HandshakeError', section: '4.1' },
  });
  expect(error.body).toEqual(Buffer.from('go away'));
});

test('of a body of 1 MB, the first 4,096 bytes; then the connection is destroyed', async () => {
  let gone = (): void => {};
  const serverGone = new Promise<void>((resolve) => (gone = resolve));
  const port = await answering(({ socket }) => {
    socket.on('close', gone);
    socket.write(responseHead('403 Forbidden', { 'Content-Length': '1000000' }));
    socket.write(Buffer.alloc(1_000_000, 'abcdefg'));
  });
  const { body } = await failureOf(`ws://127.0.0.1:${port}/`);
  expect(body).toEqual(Buffer.alloc(4096, 'abcdefg'));
  await serverGone;
});

test.each([
  ['200 OK', { handshakeTimeout: Infinity }],
  ['403 Forbidden', { handshakeTimeout: Infinity }],
  ['503 Busy', { handshakeTimeout: 500 }],
])('a body that never ends does not keep back %s, with %j', async (line, options) => {
  const port = await answering(({ socket }) => {
    socket.write(responseHead(line, { 'Transfer-Encoding': 'chunked' }));
    socket.write('1\r\nx\r\n');
  });
  const { statusCode, body } = await failureOf(`ws://127.0.0.1:${port}/`, options);
  expect(statusCode).toBe(Number.parseInt(line));
  expect(String(body)).toBe('x');
});

test('a body that breaks off', async () => {
  const port = await answering(({ socket }) => {
    socket.end(responseHead('500 Oops', { 'Content-Length': '10' }) + 'half');
  });
  expect(String((await failureOf(`ws://127.0.0.1:${port}/`)).body)).toBe('half');
});

test('a wrong 101 has a head and no body', async () => {
  const changes = { 'Sec-WebSocket-Accept': 'x', 'X-A': '1' };
  const port = await answering((asked) => asked.socket.write(rightAnswer(asked, changes)));
  const { errors, closed } = dialled(`ws://127.0.0.1:${port}/`);
  await closed;
  expect(errors[0]).toMatchObject({
    code: 'WS_ERR_INVALID_ACCEPT',
    statusCode: 101,
    headers: { 'x-a': '1' },
    body: undefined,
  });
});

test('an error without an answer has none of it', async () => {
  const port = await answering(({ socket }) => socket.destroy());
  const { errors, closed } = dialled(`ws://127.0.0.1:${port}/`);
  await closed;
  const nothing = { statusCode: undefined, headers: undefined, body: undefined };
  expect(errors[0]).toMatchObject({ code: 'ECONNRESET', ...nothing });
});

test('a response that opens the connection is told, too', async () => {
  const port = await answering((asked) =>
    asked.socket.write(rightAnswer(asked, { 'Set-Cookie': ['a=1'] })),
  );
  const session = await new Promise<Session>((opened, failed) => {
    dial(`ws://127.0.0.1:${port}/`)[0].begin({ websocket: {}, opened, failed });
  });
  session.stream.destroy();
  expect(session.response).toMatchObject({
    statusCode: 101,
    headers: { upgrade: 'websocket', 'set-cookie': ['a=1'] },
  });
});

describe('the beginning of a body', () => {
  const { signal } = new AbortController();

  test.each([
    ['nothing', [], ''],
    ['little', ['a', 'b'], 'ab'],
    ['the limit', ['a'.repeat(4095), 'b'], 'a'.repeat(4095) + 'b'],
    ['more', ['a'.repeat(4095), 'bc', 'd'], 'a'.repeat(4095) + 'b'],
    ['much at once', ['a'.repeat(10_000)], 'a'.repeat(4096)],
  ])('%s', async (_, chunks, expected) => {
    const body = new PassThrough();
    for (const chunk of chunks) body.write(chunk);
    body.end();
    expect(String(await beginningOf(body, signal))).toBe(expected);
    expect(body.destroyed).toBe(true);
  });

  test('is what there was before the abort', async () => {
    const body = new PassThrough();
    const controller = new AbortController();
    body.write('a');
    const beginning = beginningOf(body, controller.signal);
    body.once('data', () => controller.abort());
    expect(String(await beginning)).toBe('a');
  });

  test('is nothing after an abort', async () => {
    const body = new PassThrough();
    body.write('a');
    expect(await beginningOf(body, AbortSignal.abort())).toHaveLength(0);
  });

  test('is what there was before an error', async () => {
    const body = new PassThrough();
    body.write('a');
    body.once('data', () => body.destroy(new Error('broken')));
    expect(String(await beginningOf(body, signal))).toBe('a');
  });
});
