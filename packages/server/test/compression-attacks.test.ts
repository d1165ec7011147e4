/** Compression in the hands of clients that mean harm, or err. */
import { constants, deflateRawSync } from 'node:zlib';
import { BINARY, CLOSE, frame, PING, PONG, TEXT } from '../../websocket/test/support/frames';
import { RawClient } from '../../websocket/test/support/raw-client';
import { compressing, deflated, MiB, RSV1, serve } from './compressing';

describe('a bomb fails its connection with 1009, and no other', () => {
  const zeros = deflateRawSync(Buffer.alloc(MiB), { finishFlush: constants.Z_SYNC_FLUSH });
  const repeated = (times: number): Buffer =>
    Buffer.concat(Array<Buffer>(times).fill(zeros)).subarray(0, -4);

  /** In frames of `size` octets. */
  function fragments(payload: Buffer, size: number): Buffer {
    const frames: Buffer[] = [];
    for (let at = 0; at < payload.length; at += size) {
      const shape = at === 0 ? { fin: false, ...RSV1 } : { fin: false };
      frames.push(frame(at === 0 ? BINARY : 0, payload.subarray(at, at + size), shape));
    }
    return Buffer.concat([...frames, frame(0)]);
  }

  test.each([
    ['64 MiB of 64 KiB', frame(BINARY, repeated(64), RSV1), 2 * MiB],
    ['1 GiB of 1 MiB', frame(BINARY, repeated(1024), RSV1), 2 * MiB],
    ['64 MiB of 64 KiB in fragments', fragments(repeated(64), 100), 2 * MiB],
    ['1 MiB of 1 KiB, a limit of one byte less', frame(BINARY, repeated(1), RSV1), MiB - 1],
    ['a million times the limit, at once', frame(BINARY, repeated(1), RSV1), 1000],
    ['a million times the limit, in the background', frame(BINARY, repeated(32), RSV1), 32_768],
  ])('%s', async (_, bomb, maxLength) => {
    const server = await serve(true, maxLength);
    const [client, other] = [await compressing(server), await compressing(server)];
    const { events, closed } = await server.next();
    client.write(bomb);
    const { opcode, payload } = await client.readFrame();
    expect([opcode, payload.readUInt16BE()]).toEqual([CLOSE, 1009]);
    expect(await client.readRest()).toBe('');
    await closed;
    expect(events.slice(1)).toEqual(['error WS_ERR_UNSUPPORTED_MESSAGE_LENGTH', 'close 1006']);
    other.write(frame(TEXT, deflated('still here'), RSV1));
    expect((await other.readFrame()).payload.toString()).toBe('still here');
  });

  test('a message of just the limit is none', async () => {
    const client = await compressing(await serve({ threshold: 2 * MiB }, MiB));
    client.write(frame(BINARY, repeated(1), RSV1));
    expect((await client.readFrame()).payload).toHaveLength(MiB);
  });
});

describe('reserved bits fail the connection with 1002', () => {
  const first = frame(TEXT, 'a', { fin: false, ...RSV1 });
  test.each([
    ['RSV1 on a continuation', Buffer.concat([first, frame(0, 'b', RSV1)])],
    [
      'RSV1 on a continuation only',
      Buffer.concat([frame(TEXT, 'a', { fin: false }), frame(0, 'b', RSV1)]),
    ],
    ['RSV1 on a ping', frame(PING, '', RSV1)],
    ['RSV1 on a pong', frame(PONG, '', RSV1)],
    ['RSV1 on a closing frame', frame(CLOSE, '', RSV1)],
    ['RSV1 on a ping inside a message', Buffer.concat([first, frame(PING, '', RSV1)])],
    ['RSV2', frame(TEXT, 'a', { rsv: 2 })],
    ['RSV1 and RSV3', frame(TEXT, 'a', { rsv: 5 })],
  ])('%s', async (_, bytes) => {
    const client = await compressing(await serve());
    client.write(bytes);
    const { opcode, payload } = await client.readFrame();
    expect([opcode, payload.readUInt16BE()]).toEqual([CLOSE, 1002]);
  });

  test('RSV1 where nothing was agreed on', async () => {
    const client = await RawClient.open((await serve()).port);
    client.write(frame(TEXT, deflated('a'), RSV1));
    const { opcode, payload } = await client.readFrame();
    expect([opcode, payload.readUInt16BE()]).toEqual([CLOSE, 1002]);
  });
});

describe('compressed data', () => {
  const hello = deflated('Hello');
  /** The same again, as a reference to the message before. */
  const afterHello = deflateRawSync('Hello', {
    dictionary: Buffer.from('Hello'),
    finishFlush: constants.Z_SYNC_FLUSH,
  }).subarray(0, -4);
  const final = deflated('Hello', constants.Z_FINISH);
  const second = deflated(Buffer.alloc(1000, 'Hello'));
  const long = deflated(Buffer.from(Array.from({ length: 40_000 }, (_, at) => (at * at) >> 3)));

  test.each([
    ['a zero octet', Buffer.of(0), ''],
    ['the RFC’s example', Buffer.from('f248cdc9c90700', 'hex'), 'Hello'],
    ['two blocks', Buffer.from('f248050000 00ffffcac9c90700'.replace(' ', ''), 'hex'), 'Hello'],
    ['stored', Buffer.from('00050 0faff48656c6c6f00'.replace(' ', ''), 'hex'), 'Hello'],
    ['a final block', Buffer.concat([final, Buffer.of(0)]), 'Hello'],
    ['several final blocks', Buffer.concat([final, final, final, Buffer.of(0)]), 'HelloHelloHello'],
    ['a final block before others', Buffer.concat([final, hello]), 'HelloHello'],
  ])('%s is a message', async (_, payload, text) => {
    const server = await serve({ threshold: MiB });
    const client = await compressing(server);
    for (const rest of [payload, deflated('next')]) client.write(frame(TEXT, rest, RSV1));
    expect((await client.readFrame()).payload.toString()).toBe(text);
    expect((await client.readFrame()).payload.toString()).toBe('next');
  });

  test.each([
    ['nothing, not even what an empty message comes to', Buffer.of()],
    ['garbage', Buffer.of(0xff, 0xff, 0xff)],
    ['a block of a reserved type', Buffer.of(0x07)],
    ['a truncated stream', hello.subarray(0, 3)],
    ['a truncated long stream', long.subarray(0, -2_000)],
    ['garbage behind a message', Buffer.concat([hello.subarray(0, -1), Buffer.of(0xff, 0xff)])],
    ['garbage behind a final block', Buffer.concat([final, Buffer.of(0xff, 0xff)])],
    ['garbage behind a long message', Buffer.concat([long.subarray(0, -1), Buffer.of(7, 7)])],
    ['1000 final blocks', Buffer.concat(Array<Buffer>(1000).fill(Buffer.of(3, 0)))],
    ['a reference to what is not there', afterHello],
  ])('%s fails the connection with 1007', async (_, payload) => {
    const server = await serve();
    const client = await compressing(server);
    const { events, errors, closed } = await server.next();
    client.write(Buffer.concat([frame(BINARY, payload, RSV1), frame(TEXT, 'behind')]));
    const { opcode, payload: close } = await client.readFrame();
    expect([opcode, close.readUInt16BE()]).toEqual([CLOSE, 1007]);
    expect(await client.readRest()).toBe('');
    await closed;
    expect(events).toEqual(['open', 'error WS_ERR_EXTENSION_FAILED', 'close 1006']);
    expect(errors[0]?.cause).toMatchObject({ failure: 'invalid-data' });
  });

  test('of invalid UTF-8 fails the connection with 1007', async () => {
    const client = await compressing(await serve());
    client.write(frame(TEXT, deflated(Buffer.of(0x61, 0xff)), RSV1));
    expect((await client.readFrame()).payload.readUInt16BE()).toBe(1007);
  });

  test.each([
    [false, 'a message'],
    [true, 'a failure'],
  ])('that refers to the message before, no context takeover %p: %s', async (forgets) => {
    const server = await serve({ clientNoContextTakeover: forgets });
    const client = await compressing(server);
    client.write(frame(TEXT, hello, RSV1));
    expect((await client.readFrame()).payload.toString()).toBe('Hello');
    client.write(frame(TEXT, afterHello, RSV1));
    const { opcode, payload } = await client.readFrame();
    if (forgets) expect([opcode, payload.readUInt16BE()]).toEqual([CLOSE, 1007]);
    else expect(payload.toString()).toBe('Hello');
  });

  test('may come uncompressed in between', async () => {
    const client = await compressing(await serve({ clientNoContextTakeover: false }));
    for (const bytes of [frame(TEXT, second, RSV1), frame(TEXT, 'plain'), frame(TEXT, hello, RSV1)])
      client.write(bytes);
    await client.readFrame();
    expect((await client.readFrame()).payload.toString()).toBe('plain');
    expect((await client.readFrame()).payload.toString()).toBe('Hello');
  });
});
