/** The pictures of the READMEs and the site, drawn from the tables of this package's README. */
import { pictureSvg, type Group, type Picture, type PictureRow } from '@ws/reporting';
import { readmeTable, type ReadmeRow } from './readme-tables';

/** The rows that are drawn, and what they are called for somebody who has not read of cells. */
const ECHOES = {
  '16 B binary c100 P16': '16 B, 16 in flight',
  '1 KiB text c100 P16': '1 KiB text, 16 in flight',
  '16 KiB binary c100 P1': '16 KiB',
  '1 MiB binary c1 P1': '1 MiB',
  '1 KiB JSON deflate c100 P1': '1 KiB, compressed',
  handshakes: 'handshakes',
  '16 B binary c1 P1': '16 B, 1 in flight',
  'broadcast 125 B 1 to 1000': 'broadcast to 1,000',
};

const MEMORY = {
  '10,000 idle: resident set': 'idle',
  '5,000 compressed: resident set': 'with compression',
};

const PEERS: readonly { column: string; name: string; group: Group }[] = [
  { column: 'ours', name: 'this toolkit', group: 'first' },
  { column: 'ws', name: 'ws', group: 'second' },
  { column: 'faye', name: 'faye-websocket', group: 'second' },
];

/** The files of the pictures, and their contents, for the text of the README; the narrow ones are for phones. */
export function readmePictures(readme: string): Record<string, string> {
  const drawn = {
    messages: messages(readmeTable(readme, 'server CPU, µs')),
    memory: memory(readmeTable(readme, 'KiB per connection')),
  };
  const files = Object.entries(drawn).flatMap(([name, picture]) => [
    [`${name}.svg`, pictureSvg(picture, 'wide')],
    [`${name}-narrow.svg`, pictureSvg(picture, 'narrow')],
  ]);
  return Object.fromEntries(files) as Record<string, string>;
}

function messages(table: readonly ReadmeRow[]): Picture {
  return {
    title: 'One server core, compared with ws',
    explanation: ['Longer is better; ws is 1×.', 'CPU time per echo, Node 20, November 2026.'],
    rows: rowsOf(table, ECHOES, (value, ofWs) => {
      const times = ofWs / value;
      return { value: times, text: `${times.toFixed(1)}×` };
    }),
  };
}

function memory(table: readonly ReadmeRow[]): Picture {
  return {
    title: 'Memory of one connection',
    explanation: ['Shorter is better.', 'KiB of the resident set, Node 20, November 2026.'],
    rows: rowsOf(table, MEMORY, (value) => ({ value, text: `${value.toFixed(0)} KiB` })),
  };
}

function rowsOf(
  table: readonly ReadmeRow[],
  names: Readonly<Record<string, string>>,
  drawn: (value: number, ofWs: number) => { value: number; text: string },
): PictureRow[] {
  return Object.entries(names).map(([cell, name]) => {
    const figures = table.find((row) => row.name === cell)?.figures;
    const ofWs = figures?.get('ws');
    if (figures === undefined || ofWs === undefined) throw new Error(`no figure of ws for ${cell}`);
    const bars = PEERS.flatMap((peer) => {
      const figure = figures.get(peer.column);
      if (figure === undefined) return [];
      const { value, text } = drawn(figure, ofWs);
      return [{ value, text: `${peer.name} ${text}`, group: peer.group }];
    });
    return { name, bars };
  });
}
