/** Against `websocket-extensions` itself at the other end, with the same plug-in on both. */
import { message, textOf } from '../test/sessions';
import { Extensions } from './extensions';
import type { PluginCallback, PluginMessage, WebSocketExtensionsPlugin } from './plugin-types';

/** The framework, which comes without types. */
interface Framework {
  add(plugin: WebSocketExtensionsPlugin): void;
  generateOffer(): string | null;
  activate(header: string): void;
  generateResponse(header: string): string | null;
  processIncomingMessage(message: PluginMessage, callback: PluginCallback): void;
  processOutgoingMessage(message: PluginMessage, callback: PluginCallback): void;
  close(callback: () => void): void;
}

type Method = 'processIncomingMessage' | 'processOutgoingMessage';

const FrameworkExtensions = jest.requireActual<new () => Framework>('websocket-extensions');
const plugin = jest.requireActual<WebSocketExtensionsPlugin>('permessage-deflate');
const TEXTS = ['', 'Hello', 'Hello', 'ab'.repeat(10_000)];

function withPlugin(): Framework {
  const framework = new FrameworkExtensions();
  framework.add(plugin);
  return framework;
}

function process(
  framework: Framework,
  method: Method,
  given: PluginMessage,
): Promise<PluginMessage> {
  return new Promise((resolve, reject) => {
    framework[method](given, (error, result) => {
      if (result) resolve(result);
      else reject(new Error('the framework fails', { cause: error }));
    });
  });
}

/** Messages go there and come back. */
async function expectUnderstanding(
  pipeline: NonNullable<ReturnType<Extensions['accept']>['pipeline']>,
  framework: Framework,
): Promise<void> {
  for (const text of TEXTS) {
    const { opcode, data } = await pipeline.outgoing(message(text));
    const sent = { rsv1: true, rsv2: false, rsv3: false, opcode, data };
    const there = await process(framework, 'processIncomingMessage', sent);
    expect(Buffer.from(there.data).toString()).toBe(text);
    const plain = { ...there, rsv1: false };
    const answer = await process(framework, 'processOutgoingMessage', plain);
    expect(answer.rsv1).toBe(true);
    const back = await pipeline.incoming({ opcode, rsv: 4, data: answer.data }, 100_000);
    expect(textOf(back)).toBe(text);
  }
  pipeline.close();
  await new Promise<void>((resolve) => framework.close(resolve));
}

test('our client and its server understand each other', async () => {
  const offer = new Extensions([plugin]).offer();
  const server = withPlugin();
  const { pipeline } = offer.activate(server.generateResponse(offer.header)!);
  await expectUnderstanding(pipeline!, server);
});

test('its client and our server understand each other', async () => {
  const client = withPlugin();
  const { header, pipeline } = new Extensions([plugin]).accept(client.generateOffer()!);
  client.activate(header);
  await expectUnderstanding(pipeline!, client);
});
