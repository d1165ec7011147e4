/** `NODE_DEBUG=websocket`: what a process says of its connections, and what it never says. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { bundled } from '../../child-process/test/bundled';
import type { Bundled } from '../../child-process/test/bundled';

let scripts: Bundled;

beforeAll(async () => {
  scripts = await bundled([join(__dirname, 'support', 'logged.ts')]);
});

afterAll(() => scripts.remove());

/** The lines on stderr of a process with this `NODE_DEBUG`, and those about each connection. */
function logOf(NODE_DEBUG: string): { lines: string[]; connections: string[][] } {
  const script = join(scripts.folder, 'logged.js');
  const { stderr, status } = spawnSync(process.execPath, [script], {
    encoding: 'utf8',
    env: { ...process.env, NODE_DEBUG },
  });
  expect(status).toBe(0);
  const lines = stderr.split('\n').filter((line) => line !== '');
  const connections: string[][] = [];
  for (const line of lines) {
    const match = /^WEBSOCKET \d+: #(\d+) (.*)$/.exec(line);
    if (match !== null) (connections[Number(match[1]) - 1] ??= []).push(match[2]);
  }
  return { lines, connections };
}

test.each(['websocket', 'http,websock*', 'WEBSOCKET'])('%s: a line for each step', (value) => {
  const { connections } = logOf(value);
  const port = String.raw`127\.0\.0\.1:\d+`;
  const matching = (pattern: string): unknown => expect.stringMatching(new RegExp(`^${pattern}$`));
  expect(connections).toEqual([
    [
      matching(`connecting, as client, ws://${port}/chat`),
      'open, hybi-13',
      'closing, by local',
      'paused: closing',
      'closed cleanly, with 4001, by local',
    ],
    [
      matching(`connecting, as server, ws://${port}/chat`),
      'open, hybi-13',
      'paused: application',
      'resumed',
      'closing, by remote',
      'paused: closing',
      'closed cleanly, with 4001, by remote',
    ],
    [
      matching(`connecting, as client, ws://${port}/idle`),
      'open, hybi-13',
      'closing, by network',
      'paused: closing',
      'closed not cleanly, with 1006, by network: WS_ERR_NO_CLOSING_FRAME',
    ],
    [
      matching(`connecting, as server, ws://${port}/idle`),
      'open, hybi-13',
      'deadline idle has passed',
      'closing, by timeout: WS_ERR_IDLE_TIMEOUT',
      'paused: closing',
      'closed not cleanly, with 1006, by timeout: WS_ERR_IDLE_TIMEOUT',
    ],
    [
      matching(`connecting, as client, ws://${port}/gone`),
      'failed to open: ECONNREFUSED',
      'closed not cleanly, with 1006, by network: ECONNREFUSED',
    ],
  ]);
});

test('nothing of what is said is private', () => {
  expect(logOf('websocket').lines.filter((line) => line.includes('secret'))).toEqual([]);
});

test.each(['', 'http', 'websockets'])('NODE_DEBUG=%s: not a word of it', (value) => {
  expect(logOf(value).lines.filter((line) => line.startsWith('WEBSOCKET'))).toEqual([]);
});
