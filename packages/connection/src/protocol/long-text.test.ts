/** Long texts of all connections are written to the same memory, one after another. */
import { CLIENT as PEER, MessageDecoder, OPCODE } from '@ws/frame-parser';
import { take } from '../../test/pair';
import { HybiWire } from './hybi-wire';
import { Outbox } from './outbox';
import { CLIENT, SERVER } from './role';

const NO_KEYS = (): number => 0;
const server = new HybiWire('hybi-13', SERVER, NO_KEYS);

/** The text in a frame of a server's. */
function textIn(pieces: readonly Uint8Array[]): string {
  const texts: string[] = [];
  const nothing = (): void => undefined;
  const sink = {
    onText: (text: string) => void texts.push(text),
    onBinary: nothing,
    onReserved: nothing,
    onPing: nothing,
    onPong: nothing,
    onClose: nothing,
    onViolation: nothing,
  };
  const decoder = new MessageDecoder(PEER, sink);
  for (const piece of pieces) decoder.push(Uint8Array.from(piece));
  return texts.join();
}

const TEXTS: [string, string][] = [
  ['6,000 characters', 'a'.repeat(6000)],
  ['64 KiB', 'b'.repeat(2 ** 16)],
  ['300,000 characters of two bytes', 'é'.repeat(300_000)],
  ['300,000 characters of three', '☃'.repeat(300_000)],
  ['1 MiB', 'c'.repeat(2 ** 20)],
  ['2 MiB', 'd'.repeat(2 ** 21)],
];

describe.each(TEXTS)('%s', (_name, text) => {
  test.each([true, false])('arrive; free at once: %p', (isFree) => {
    for (let count = 0; count < 3; count++) {
      const outbox = new Outbox();
      const length = server.appendText(outbox, text);
      expect(length).toBe(Buffer.byteLength(text));
      expect(textIn(take(outbox, isFree)) === text).toBe(true);
    }
  });

  test('leave a client masked, and the caller’s', () => {
    const keys = [0x01020304, 0x0a0b0c0d];
    const client = new HybiWire('hybi-13', CLIENT, () => keys.shift()!);
    const outbox = new Outbox();
    client.appendText(outbox, text);
    client.appendPing(outbox, Buffer.of(1));
    const bytes = Buffer.concat(take(outbox));
    expect([bytes[0], bytes[1] & 0x80, bytes.at(-1)]).toEqual([0x80 | OPCODE.TEXT, 0x80, 0x0b]);
  });
});

/** Where the texts lie that one outbox after the other sends. */
function memories(text: string, isFree: boolean): Set<ArrayBufferLike> {
  const seen = new Set<ArrayBufferLike>();
  for (let count = 0; count < 8; count++) {
    const outbox = new Outbox();
    server.appendText(outbox, text);
    for (const { buffer } of take(outbox, isFree)) seen.add(buffer);
  }
  return seen;
}

test.each(TEXTS.slice(1, -1))('%s: the memory is used again once it is free', (_name, text) => {
  expect(memories(text, true).size).toBeLessThan(3);
});

test('two connections’ texts that wait at the same time are each their own', () => {
  const [one, other] = [new Outbox(), new Outbox()];
  server.appendText(one, 'x'.repeat(100_000));
  server.appendText(other, 'y'.repeat(100_000));
  server.appendText(one, 'z');
  expect(textIn(take(one, true))).toBe(`${'x'.repeat(100_000)},z`);
  expect(textIn(take(other, true))).toBe('y'.repeat(100_000));
});

test('what waits is moved to memory of its own length', () => {
  const outbox = new Outbox();
  server.appendText(outbox, 'x'.repeat(100_000));
  outbox.keep();
  server.appendText(outbox, 'y'.repeat(200_000));
  outbox.keep();
  const pieces = take(outbox);
  const memory = new Set(pieces.map(({ buffer }) => buffer));
  expect([...memory].map(({ byteLength }) => byteLength)).toEqual([100_010, 200_010]);
});

test('a stream that is never known to have read gets a copy, and the memory is used again', () => {
  const seen = new Set<ArrayBufferLike>();
  const pieces: Uint8Array[] = [];
  const writer = {
    knowsReaders: false,
    write: (piece: Uint8Array): boolean => pieces.push(piece) === 0,
    writeAll: (several: readonly Uint8Array[]): boolean => pieces.push(...several) === 0,
  };
  for (const character of 'abcd') {
    const outbox = new Outbox();
    server.appendText(outbox, character.repeat(100_000));
    seen.add(outbox.memory.buffer);
    outbox.leaveBy(writer);
  }
  expect(seen.size).toBeLessThan(3);
  expect(textIn(pieces)).toBe(
    ['a', 'b', 'c', 'd'].map((character) => character.repeat(100_000)).join(),
  );
});
