/** proxy() for clients of the old versions, and a server of ws behind it. */
import { once } from 'node:events';
import type { WebSocket as WsWebSocket } from 'ws';
import { closeFrame, closePayload, frame, TEXT } from './support/frames';
import { proxyTo, upstreamServer, messagesOf } from './support/proxied';
import type { ChainOptions, Middle } from './support/proxied';
import { RawClient } from './support/raw-client';
import { CHALLENGE, head, HIXIE_75, HIXIE_76, HYBI_07, HYBI_08, KEY3 } from './support/requests';

interface RawChain extends Middle {
  readonly client: RawClient;
  readonly upstream: WsWebSocket;
}

async function rawChain(
  request: string,
  answer: string,
  options?: ChainOptions,
): Promise<RawChain> {
  const { url, next } = await upstreamServer();
  const server = await proxyTo(url, options);
  const client = await RawClient.connect(server.port, request);
  await client.readTo(answer);
  return { client, upstream: await next, ...(await server.next()) };
}

const hixieText = (text: string): Buffer =>
  Buffer.concat([Buffer.of(0), Buffer.from(text), Buffer.of(0xff)]);
const closeOf = async (upstream: WsWebSocket): Promise<[number, string]> => {
  const [code, reason] = (await once(upstream, 'close')) as [number, Buffer];
  return [code, reason.toString()];
};

describe.each([
  ['hixie-76', head(HIXIE_76) + KEY3, CHALLENGE, '\xff\0'],
  ['hixie-75', head(HIXIE_75), '\r\n\r\n', ''],
])('a client of %s', (_, request, answer, closing) => {
  const open = (options?: ChainOptions): Promise<RawChain> => rawChain(request, answer, options);
  const expectEnd = async (client: RawClient): Promise<void> => {
    const end = closing === '' ? client.readRest() : client.readTo('\0');
    expect(await end).toBe(closing);
    client.socket.end(closing, 'latin1');
  };
  const LONG = 'héllo '.repeat(60_000);

  test('gets and sends text, of any length and in order', async () => {
    const { client, upstream } = await open();
    const texts = ['a', '', LONG, 'b'];
    const wire = Buffer.concat(texts.map(hixieText));
    const received = messagesOf(upstream, texts.length);
    client.write(wire);
    expect((await received).map(([data]) => data.toString())).toEqual(texts);
    for (const text of texts) upstream.send(text);
    upstream.send('in ', { fin: false });
    upstream.send('fragments');
    expect(await client.read(wire.length)).toEqual(wire);
    expect(await client.readTo('\xff')).toBe('\0in fragments\xff');
  });

  test.each([
    ['short', Buffer.from('x')],
    ['empty', Buffer.alloc(0)],
    ['long', Buffer.alloc(1_000_000)],
  ])('cannot be sent bytes: %s ones end both with 1003', async (__, data) => {
    const { client, upstream, endings } = await open();
    const closed = closeOf(upstream);
    upstream.send('before');
    upstream.send(data);
    expect(await client.readTo('\xff')).toBe('\0before\xff');
    await expectEnd(client);
    expect(await closed).toEqual([1003, '']);
    const { ws, upstream: other } = await endings;
    expect(ws.cause).toMatchObject({ code: 'WS_ERR_NO_BINARY' });
    expect(other).toMatchObject({ code: 1003, wasClean: true });
  });

  test('cannot be sent fragments of more than maxBufferedAmount: both end with 1011', async () => {
    const ws = { maxBufferedAmount: 100_000 };
    const { client, upstream } = await open({ ws });
    const closed = closeOf(upstream);
    upstream.send(LONG);
    await expectEnd(client);
    expect(await closed).toEqual([1011, '']);
  });

  test('has no codes: the upstream gets 1000', async () => {
    const { client, upstream, endings } = await open();
    const closed = closeOf(upstream);
    const received = messagesOf(upstream, 1);
    client.write(hixieText('last'));
    client.socket.end(closing, 'latin1');
    expect((await received)[0][0].toString()).toBe('last');
    expect(await closed).toEqual([1000, '']);
    expect(await endings).toMatchObject({ ws: { code: 1000 }, upstream: { code: 1000 } });
  });

  test('is closed without the code of the upstream', async () => {
    const { client, upstream, endings } = await open();
    upstream.send('last');
    upstream.close(4001, 'why');
    expect(await client.readTo('\xff')).toBe('\0last\xff');
    await expectEnd(client);
    expect(await endings).toMatchObject({
      ws: { code: 1000, wasClean: true },
      upstream: { code: 4001, reason: 'why' },
    });
  });

  test('that vanishes ends the upstream without a code', async () => {
    const { client, upstream } = await open();
    const closed = closeOf(upstream);
    client.reset();
    expect((await closed)[0]).toBe(1006);
  });
});

describe.each([
  ['hybi-08', head(HYBI_08)],
  ['hybi-07', head(HYBI_07)],
])('a client of %s', (_, request) => {
  test('gets and sends text and bytes, and a code', async () => {
    const { client, upstream } = await rawChain(request, '\r\n\r\n');
    const received = messagesOf(upstream, 2);
    client.write(Buffer.concat([frame(TEXT, 'héllo'), frame(2, Buffer.of(0, 255))]));
    expect(await received).toEqual([
      [Buffer.from('héllo'), false],
      [Buffer.of(0, 255), true],
    ]);
    for (const [data] of await received) upstream.send(data);
    expect(await client.readFrame()).toMatchObject({ opcode: 2, payload: Buffer.from('héllo') });
    expect(await client.readFrame()).toMatchObject({ opcode: 2, payload: Buffer.of(0, 255) });
    const closed = closeOf(upstream);
    client.write(closeFrame(4001, 'why'));
    expect(await closed).toEqual([4001, 'why']);
  });

  test('gets the code of the upstream', async () => {
    const { client, upstream } = await rawChain(request, '\r\n\r\n');
    upstream.close(4001, 'why');
    const { opcode, payload } = await client.readFrame();
    expect([opcode, payload]).toEqual([8, closePayload(4001, 'why')]);
  });
});
