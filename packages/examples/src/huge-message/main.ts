/** Sends one message of MEBIBYTES (256), gets it back, and says how much memory that took. */
import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import WebSocket from '@ws/websocket';
import { show } from '../support/show';
import { startFileServer } from './server';

const MEBIBYTES = Number(process.env['MEBIBYTES'] ?? 256);
const MEBIBYTE = 2 ** 20;

/** What is uploaded, made as it is sent. */
function* content(hash: Hash): Generator<Buffer> {
  for (let count = 0; count < MEBIBYTES; count++) {
    const chunk = Buffer.alloc(MEBIBYTE, `this is mebibyte ${count} `);
    hash.update(chunk);
    yield chunk;
  }
}

async function upload(url: string): Promise<string> {
  const hash = createHash('sha256');
  const ws = new WebSocket(new URL('/upload', url));
  await ws.sendStream(content(hash));
  await ws.closed;
  return hash.digest('hex');
}

async function download(url: string): Promise<string> {
  const hash = createHash('sha256');
  const ws = new WebSocket(new URL('/download', url));
  for await (const message of ws.messages()) {
    for await (const chunk of message) hash.update(chunk);
  }
  return hash.digest('hex');
}

const folder = mkdtempSync(join(tmpdir(), 'huge-message-'));
process.on('exit', () => rmSync(folder, { recursive: true }));

show(
  (port) => startFileServer(port, join(folder, 'upload')),
  async (url) => {
    const before = process.resourceUsage().maxRSS;
    const uploaded = await upload(url);
    console.log(`uploaded a message of ${MEBIBYTES} MiB`);
    const downloaded = await download(url);
    console.log('downloaded', uploaded === downloaded ? 'the same' : 'another one');
    const grown = (process.resourceUsage().maxRSS - before) >> 10;
    console.log(`both ends together took ${grown} MiB of memory at the most`);
  },
);
