/** The example in the README is `example.ts`, word for word, and it does what it says. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { clientRequestHead, generateKey, judgeResponse, parseWebSocketUrl } from '../src';
import { parsedHeaders } from './heads';

const read = (path: string): string => readFileSync(join(__dirname, path), 'utf8');

test('the README shows the example', () => {
  expect(read('../README.md')).toContain('```ts\n' + read('example.ts') + '```\n');
});

describe('the example', () => {
  let server: Server;
  let port: number;
  const upgraded: Duplex[] = [];

  beforeAll(async () => {
    process.env['PORT'] = '0';
    ({ server } = jest.requireActual<typeof import('./example.js')>('./example'));
    server.on('upgrade', (_, socket) => upgraded.push(socket));
    if (!server.listening) await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  });

  afterAll(async () => {
    delete process.env['PORT'];
    for (const socket of upgraded) socket.destroy();
    server.close();
    await once(server, 'close');
  });

  /** Sends `head` and gives what comes back, up to the end or to `enough`. */
  async function answerTo(head: string, enough: string): Promise<string> {
    const socket = connect(port, '127.0.0.1').setEncoding('latin1');
    socket.write(head, 'latin1');
    let answer = '';
    for await (const chunk of socket) {
      answer += chunk as string;
      if (answer.endsWith(enough)) break;
    }
    return answer;
  }

  test('upgrades by hand, and says hello', async () => {
    const key = generateKey();
    const protocols = ['superchat', 'chat'];
    const url = parseWebSocketUrl(`ws://127.0.0.1:${port}/`);
    const answer = await answerTo(clientRequestHead({ url, key, protocols }), 'hello');
    const response = { status: Number(answer.split(' ')[1]), headers: parsedHeaders(answer) };
    const verdict = judgeResponse(response, { key, protocols, extensionsOffered: false });
    expect(verdict).toEqual({ ok: true, protocol: 'chat', extensions: undefined });
    expect(answer.endsWith('\r\n\r\n\x81\x05hello')).toBe(true);
  });

  test('refuses what is no handshake', async () => {
    const url = parseWebSocketUrl(`ws://127.0.0.1:${port}/`);
    const head = clientRequestHead({ url, key: generateKey(), version: 8 });
    const answer = await answerTo(head, 'supported.');
    expect(answer).toMatch(/^HTTP\/1.1 426 Upgrade Required\r\n/);
    expect(parsedHeaders(answer)['sec-websocket-version']).toBe('13');
  });
});
