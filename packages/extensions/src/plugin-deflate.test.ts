/** The plug-in that most applications have: `permessage-deflate` of npm, on both ends. */
import { all } from '../test/passing';
import { message, textOf } from '../test/sessions';
import { ExtensionError } from './extension-error';
import { Extensions } from './extensions';
import type { WebSocketExtensionsPlugin } from './plugin-types';

/** It comes without types. */
interface PermessageDeflate extends WebSocketExtensionsPlugin {
  configure(options: object): WebSocketExtensionsPlugin;
}

const plugin = jest.requireActual<PermessageDeflate>('permessage-deflate');
const pairs: [string, WebSocketExtensionsPlugin, WebSocketExtensionsPlugin][] = [
  ['as it comes', plugin, plugin],
  [
    'configured',
    plugin.configure({ noContextTakeover: true, maxWindowBits: 10 }),
    plugin.configure({ requestNoContextTakeover: true, requestMaxWindowBits: 9, level: 1 }),
  ],
];
const TEXTS = ['', 'a', 'Hello'.repeat(3), 'ab'.repeat(50_000), 'a', 'Hello'];

test.each(pairs)('takes messages both ways: %s', async (_, ours, theirs) => {
  const offer = new Extensions([ours]).offer();
  const server = new Extensions([theirs]).accept(offer.header);
  const client = offer.activate(server.header);
  expect(client.header).toBe(server.header);
  expect(client.header).toMatch(/^permessage-deflate/);
  for (const [from, to] of [
    [client.pipeline!, server.pipeline!],
    [server.pipeline!, client.pipeline!],
  ] as const) {
    const sent = await all(TEXTS.map((text) => from.outgoing(message(text))));
    expect(sent.map(({ rsv }) => rsv)).toEqual(TEXTS.map(() => 4));
    expect(sent[3].data.length).toBeLessThan(1_000);
    const received = await all(sent.map((one) => to.incoming(one, 100_000)));
    expect(received.map(textOf)).toEqual(TEXTS);
    expect(received.map(({ rsv }) => rsv)).toEqual(TEXTS.map(() => 0));
  }
  client.pipeline!.close();
  server.pipeline!.close();
});

test.each([
  ['garbage', Uint8Array.of(0xff, 0xff), 100, 'invalid-data'],
  ['more than is allowed', Buffer.from('4a4c04030000', 'hex'), 3, 'message-too-big'],
])('refuses %s', async (_, data, maxBytes, failure) => {
  const { pipeline } = new Extensions([plugin]).accept('permessage-deflate');
  const result = pipeline!.incoming({ opcode: 2, rsv: 4, data }, maxBytes);
  await expect(result).rejects.toBeInstanceOf(ExtensionError);
  await expect(result).rejects.toHaveProperty('failure', failure);
  pipeline!.close();
});

test('lets messages through that are not compressed', () => {
  const { pipeline } = new Extensions([plugin]).accept('permessage-deflate');
  expect(pipeline!.incoming(message('text'), 10)).toMatchObject({ rsv: 0 });
  pipeline!.close();
});

test.each(['__proto__', 'constructor', 'hasOwnProperty', 'toString=1'])(
  'declines an offer with %s',
  (parameter) => {
    const extensions = new Extensions([plugin]);
    expect(extensions.accept(`permessage-deflate; ${parameter}`).header).toBe('');
  },
);

test('closes while it is at work', async () => {
  const { pipeline } = new Extensions([plugin]).accept('permessage-deflate');
  const result = pipeline!.outgoing(message('text'));
  pipeline!.close();
  await expect(result).rejects.toThrow('it is closed');
});
