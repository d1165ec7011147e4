import type { ExtensionSession } from '@ws/extensions';
import { constants, createDeflateRaw } from 'node:zlib';
import { header, parameters } from '../test/header';
import { CODECS, extension, incoming, noise, outgoing } from '../test/messages';
import { prose, shared } from '../test/messages';
import { receiveParts } from '../test/parts';
import type { Codec } from './codec';
import type { DeflateOptions } from './options';

/** Messages of a peer that keeps its context, whatever was agreed on. */
async function keepingContext(messages: readonly Uint8Array[]): Promise<Buffer[]> {
  const stream = createDeflateRaw();
  const sent: Buffer[] = [];
  for (const message of messages) {
    stream.write(message);
    await new Promise<void>((resolve) => stream.flush(constants.Z_SYNC_FLUSH, () => resolve()));
    sent.push((stream.read() as Buffer).subarray(0, -4));
  }
  stream.close();
  return sent;
}

function server(codec: Codec, offer: string, options: DeflateOptions = {}): ExtensionSession {
  return extension(options, shared(codec)).accept([parameters(offer)])!.session;
}

function client(codec: Codec, answer: string, options: DeflateOptions = {}): ExtensionSession {
  return extension(options, shared(codec)).offer().activate(parameters(answer))!;
}

const CLIENTS_HINT = /ignore client_no_context_takeover.*set clientNoContextTakeover: false/;
const SERVERS_HINT = /ignore server_no_context_takeover.*set serverNoContextTakeover: false/;
const NO_HINT = /invalid distance too far back$/;

describe.each(CODECS)('on $name', ({ codec }) => {
  test.each([
    ['a client that was told not to', () => server(codec, ''), CLIENTS_HINT],
    [
      'a client that has promised not to',
      () => server(codec, 'client_no_context_takeover'),
      NO_HINT,
    ],
    [
      'a client for whose context there is no memory',
      () => server(codec, '', { clientNoContextTakeover: false, maxContextMemory: 0 }),
      NO_HINT,
    ],
    [
      'a server that was asked not to',
      () => client(codec, 'server_no_context_takeover'),
      SERVERS_HINT,
    ],
    [
      'a server that has promised not to, unasked',
      () => client(codec, 'server_no_context_takeover', { serverNoContextTakeover: false }),
      NO_HINT,
    ],
  ])('the error names the option that lets keep its context: %s', async (_, session, message) => {
    const text = prose(3000);
    const [first, second] = await keepingContext([text, text]);
    const whole = session();
    expect((await whole.processIncoming(incoming(first), 3000)).data).toEqual(text);
    await expect(async () => whole.processIncoming(incoming(second), 3000)).rejects.toMatchObject({
      failure: 'invalid-data',
      message: expect.stringMatching(message) as string,
    });
    const parts = [second.subarray(0, 3), second.subarray(3)];
    await expect(receiveParts(session(), { rsv: 4 }, parts)).rejects.toThrow(message);
    await expect(receiveParts(session(), { rsv: 4 }, [second])).rejects.toThrow(message);
    const long = Buffer.concat([second, Buffer.alloc(20_000)]);
    await expect(session().processIncoming(incoming(long), 3000)).rejects.toThrow(message);
  });

  test('what is no compressed data at all has no hint', () => {
    const broken = (): unknown =>
      server(codec, '').processIncoming(incoming(Buffer.of(0xff, 0xff)), 10);
    expect(broken).toThrow(/invalid block type$/);
  });
});

test('with the option, such a peer is understood', async () => {
  const codec = CODECS[0].codec;
  const accepted = extension({ clientNoContextTakeover: false }, shared(codec)).accept([
    parameters(''),
  ])!;
  expect(header(accepted.parameters)).toBe('server_no_context_takeover');
  const text = prose(3000);
  for (const message of await keepingContext([text, text])) {
    const restored = await accepted.session.processIncoming(incoming(message), 3000);
    expect(restored.data).toEqual(text);
  }
});

test.each([0, 1, 20, 2000])(
  'with takeover and a threshold of 0, noise of %d bytes is compressed too',
  async (length) => {
    const session = server(CODECS[0].codec, '', { serverNoContextTakeover: false, threshold: 0 });
    expect((await session.processOutgoing(outgoing(noise(length)))).rsv).toBe(4);
  },
);
