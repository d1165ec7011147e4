/** The stream faces over real sockets. */
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CLIENT, SERVER } from '@ws/connection';
import type { WebSocket } from '@ws/connection';
import { webSocketOver } from '../../test/example';

const SIZE = 5 * 1024 * 1024;
const MOST_BUFFERED = 1024 * 1024;

describe('over sockets', () => {
  let folder: string;
  let path: string;
  let content: Buffer;
  let listener: Server;
  let onServer: (ws: WebSocket) => void;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'streams-'));
    path = join(folder, 'file');
    content = randomBytes(SIZE);
    await writeFile(path, content);
    listener = createServer({ allowHalfOpen: true }, (socket) => {
      onServer(webSocketOver(socket, SERVER));
    });
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
  });

  afterAll(async () => {
    listener.close();
    await rm(folder, { recursive: true });
  });

  function dial(): WebSocket {
    const { port } = listener.address() as AddressInfo;
    return webSocketOver(connect(port, '127.0.0.1'), CLIENT);
  }

  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

  test('a file is echoed to a reader who begins late and is slow, with little memory at every step', async () => {
    let most = 0;
    let echo: WebSocket | null = null;
    onServer = (ws) => (echo = ws).pipe(ws);
    const client = dial();
    const stream = client.stream({ allowHalfOpen: true });
    // The last byte may be back before the file's end has been read.
    const written = once(stream, 'finish');
    const hash = createHash('sha256');
    let length = 0;
    await pipeline(createReadStream(path, { highWaterMark: 32_768 }), stream, async (source) => {
      for await (const chunk of source as AsyncIterable<Buffer>) {
        while (length === 0 && !client.isPaused) await turn();
        hash.update(chunk);
        length += chunk.byteLength;
        const waiting = [client.bufferedAmount, echo?.bufferedAmount ?? 0, stream.readableLength];
        most = Math.max(most, ...waiting, stream.writableLength);
        await turn();
        if (length === SIZE) void written.then(() => client.close());
      }
    });
    expect([length, hash.digest('hex')]).toEqual([SIZE, digest(content)]);
    expect([most > 0, most < MOST_BUFFERED]).toEqual([true, true]);
  });

  test('a file is uploaded by a pipeline, and is whole when that is done', async () => {
    const received = new Promise<Buffer>((resolve, reject) => {
      onServer = (ws) => {
        ws.stream()
          .toArray()
          .then((chunks) => resolve(Buffer.concat(chunks as Buffer[])), reject);
      };
    });
    await pipeline(createReadStream(path, { highWaterMark: 32_768 }), dial().stream());
    expect(digest(await received)).toBe(digest(content));
  });

  test('a peer that is gone in the middle of a pipeline is an error', async () => {
    onServer = (ws) => void ws.once('message', () => ws.terminate());
    const upload = pipeline(createReadStream(path, { highWaterMark: 32_768 }), dial().stream());
    await expect(upload).rejects.toHaveProperty('code');
  });
});
