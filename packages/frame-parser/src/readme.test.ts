import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLIENT, encodeFrame, encodeClosePayload, OPCODE } from '.';
import { concat } from '../test/bits';
import { toHex } from '../test/recording-sink';
import { serve } from '../test/tunnel-example';

test('the example in the README is the one that runs', () => {
  const folder = join(__dirname, '..');
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');
  const example = readFileSync(join(folder, 'test', 'tunnel-example.ts'), 'utf8');
  expect(readme).toContain('```ts\n' + example + '```');
});

test('it echoes, answers pings and closes', () => {
  const written: string[] = [];
  const feed = serve({ write: (bytes) => void written.push(toHex(bytes)) });
  const frames: [number, Uint8Array | string][] = [
    [OPCODE.TEXT, 'hi'],
    [OPCODE.BINARY, Uint8Array.of(1)],
    [OPCODE.PING, 'p'],
    [OPCODE.PONG, ''],
    [OPCODE.CLOSE, encodeClosePayload(1000)],
  ];
  feed(concat(frames.map(([opcode, payload]) => encodeFrame(CLIENT, { opcode, payload }))));
  expect(written).toEqual(['81024849', '820101', '8a0170', '8800']);
});
