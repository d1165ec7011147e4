import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLIENT, encodeFrame, encodeClosePayload, OPCODE } from '.';
import { concat } from '../test/bits';
import { toHex } from '../test/recording-sink';
import { serve } from '../test/tunnel-example';

const folder = join(__dirname, '..');
const readme = readFileSync(join(folder, 'README.md'), 'utf8');

test('the example in the README is the one that runs', () => {
  const example = readFileSync(join(folder, 'test', 'tunnel-example.ts'), 'utf8');
  expect(readme).toContain('```ts\n' + example + '```');
});

test('the table of exports has all of them, and nothing else', () => {
  const table = readme.slice(readme.indexOf('## Exports'), readme.indexOf('## Sections'));
  const cells = [...table.matchAll(/^\|([^|]+)\|/gm)].flatMap(
    ([, cell]) => cell.match(/`\w+`/g) ?? [],
  );
  const index = readFileSync(join(__dirname, 'index.ts'), 'utf8');
  const names = [...index.matchAll(/export (?:type )?\{([^}]+)\}/g)].flatMap(([, list]) =>
    list.split(',').map((name) => name.replace('type ', '').trim()),
  );
  expect(cells.sort()).toEqual(
    names
      .filter((name) => name !== '')
      .map((name) => `\`${name}\``)
      .sort(),
  );
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
