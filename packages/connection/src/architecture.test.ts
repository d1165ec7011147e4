/** ARCHITECTURE.md says what is so: files, reasons, deadlines, and the length of the paths. */
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { CLIENT, encodeFrame, OPCODE } from '@ws/frame-parser';
import { SERVER } from './';
import { DEADLINES } from './lifecycle/deadlines';
import { READ_BLOCK } from './receiving/read-gate';
import { stackOf } from '../test/stack';
import type { Stack } from '../test/stack';
import { webSocketOver } from '../test/example';

const DOCUMENT = readFileSync(join(__dirname, '../ARCHITECTURE.md'), 'utf8');

/** Told of every header that is written. */
let onHeader: (() => void) | null = null;

jest.mock('@ws/frame-parser', () => {
  const actual: typeof import('@ws/frame-parser') = jest.requireActual('@ws/frame-parser');
  const writeFrameHeader: typeof actual.writeFrameHeader = (...header) => {
    onHeader?.();
    return actual.writeFrameHeader(...header);
  };
  return { ...actual, writeFrameHeader };
});

/** The rows of a section's tables, without their heads; cells without backquotes. */
function rowsOf(section: string): string[][] {
  const text = DOCUMENT.split(`\n## ${section}\n`)[1].split('\n## ')[0];
  const rows = text.matchAll(/^\| (?!-)(.*) \|$/gm);
  const cells = [...rows].map(([, row]) =>
    row.split(' | ').map((cell) => cell.replaceAll('`', '').trim()),
  );
  return cells.slice(1);
}

test('the folders are those that there are', () => {
  const entries = readdirSync(__dirname, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => `${name}/`);
  expect(
    rowsOf('The folders')
      .map(([folder]) => folder)
      .sort(),
  ).toEqual(folders.sort());
});

test('every file that is named exists', () => {
  const own = [...DOCUMENT.matchAll(/(?<![\w/-])[a-z]+\/[\w-]+\.ts\b/g)].map(([file]) => file);
  const parsers = [...DOCUMENT.matchAll(/frame-parser: ([\w-]+\.ts)/g)].map(([, file]) => file);
  expect(own.length).toBeGreaterThan(30);
  expect(parsers.length).toBeGreaterThan(3);
  const parser = join(__dirname, '../../frame-parser/src');
  const missing = [
    ...own.filter((file) => !existsSync(join(__dirname, file))),
    ...parsers.filter((file) => !existsSync(join(parser, file))),
  ];
  expect(missing).toEqual([]);
});

test('the reasons for not reading are those of the gate', () => {
  const reasons = rowsOf('How a chunk is received').map(([reason]) => reason);
  expect(reasons).toEqual(Object.keys(READ_BLOCK).map((name) => name.toLowerCase()));
});

test('the deadlines are those of the table', () => {
  const rows = Object.entries(DEADLINES).map(([name, { option, from, then, error }]) => {
    return [name, option, from, then, error ?? 'none'];
  });
  expect(rowsOf('Deadlines')).toEqual(rows);
});

describe('the figures', () => {
  const PATHS = [
    'in: stream data to the listener, [1] to [7]',
    "out: send() to the frame's header, [a] to [d]",
    'out: end of the tick to the stream, [f] and [g]',
    'out: end of the chunk to the stream, [8] and [g]',
  ];

  test('are counted', async () => {
    const counted = await countedStacks();
    expect(rowsOf('Figures')).toEqual(
      PATHS.map((path, index) => {
        const { frames, files } = counted[index];
        return [path, String(frames), String(files)];
      }),
    );
  });
});

/** The stacks of a message in and of a message out, in the order of the table. */
async function countedStacks(): Promise<Stack[]> {
  const listener = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const connection = once(listener, 'connection');
  const far = connect((listener.address() as AddressInfo).port, '127.0.0.1');
  const [near] = (await connection) as [Socket];
  const ws = webSocketOver(near, SERVER);
  await new Promise((resolve) => ws.on('open', resolve));

  const writes: Stack[] = [];
  const write = near.write.bind(near) as (...args: unknown[]) => boolean;
  near.write = (...args: unknown[]) => {
    writes.push(stackOf());
    return write(...args);
  };

  let header: Stack | null = null;
  // What is called here stands for the encoder's own function.
  onHeader = () => (header ??= stackOf('frame-parser/src/frame-encoder.ts'));
  ws.send('out');
  onHeader = null;
  await once(far, 'data');

  const message = new Promise<Stack>((resolve) => {
    ws.on('message', () => {
      resolve(stackOf());
      ws.send('back');
    });
  });
  far.write(encodeFrame(CLIENT, { opcode: OPCODE.TEXT, payload: 'in' }));
  const incoming = await message;
  await once(far, 'data');

  const closed = once(listener, 'close');
  ws.terminate();
  far.destroy();
  listener.close();
  await closed;
  return [incoming, header!, writes[0], writes[1]];
}
