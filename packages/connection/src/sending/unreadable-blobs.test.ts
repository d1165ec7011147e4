/** Blobs of a file that has changed: Node cannot read them any more. */
import { openAsBlob } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OPCODE } from '@ws/frame-parser';
import { settled } from '../../test/duplex-pair';
import { ENDS, Joined, record, writeRaw } from '../../test/memory-opening';
import type { CloseEvent } from '../api/events';

type Coded = Error & { code?: string };

let folder: string;
let blob: Blob;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'blob-'));
  const path = join(folder, 'file');
  await writeFile(path, 'as it was');
  blob = await openAsBlob(path);
  await writeFile(path, 'as it is, which is longer');
});
afterEach(() => rm(folder, { recursive: true }));

describe.each(ENDS)('on a %s', (name) => {
  const peer = name === 'client' ? 'server' : 'client';

  test('each has an error that says why, and the rest arrives', async () => {
    const joined = new Joined().open();
    const ws = joined[name];
    const [events, heard] = [record(ws), record(joined[peer])];
    const sent = [blob, blob].map((each) => {
      return new Promise<Coded | null>((resolve) => ws.send(each, resolve));
    });
    ws.send('text');
    const errors = await Promise.all(sent);
    await settled();
    expect(errors.map((error) => error?.code)).toEqual(Array(2).fill('WS_ERR_UNREADABLE_BLOB'));
    expect(errors[0]?.cause).toMatchObject({ name: 'NotReadableError' });
    expect(events).toEqual(Array(2).fill(['error', 'WS_ERR_UNREADABLE_BLOB']));
    expect(heard).toEqual([['message', 'text']]);
    expect([ws.bufferedAmount, ws.readyState]).toEqual([0, 1]);
  });

  test.each<[string, (joined: Joined) => unknown, string, string]>([
    [
      'a violation',
      (joined) => writeRaw(joined, peer, { opcode: OPCODE.TEXT, payload: Buffer.of(0xff) }),
      'protocol',
      'WS_ERR_INVALID_UTF8',
    ],
    [
      'a failure of the stream',
      (joined) => joined[`${name}Side`].destroy(Object.assign(new Error(), { code: 'ECONNRESET' })),
      'network',
      'ECONNRESET',
    ],
  ])('%s after one is told as it is', async (_, end, initiator, code) => {
    const joined = new Joined().open();
    const ws = joined[name];
    const events = record(ws);
    let ending: CloseEvent | null = null;
    ws.on('close', (event) => (ending = event));
    await new Promise((resolve) => ws.send(blob, resolve));
    end(joined);
    await settled();
    joined.clientSide.destroy();
    joined.serverSide.destroy();
    await settled();
    expect(events.slice(0, 2)).toEqual([
      ['error', 'WS_ERR_UNREADABLE_BLOB'],
      ['error', code],
    ]);
    expect(ending).toMatchObject({ initiator, cause: { code } });
  });
});
