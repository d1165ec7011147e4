/** Plug-ins for `websocket-extensions`, at work as extensions. */
import { message, textOf, thrownBy } from '../test/sessions';
import type { ExtensionMessage, ExtensionSession } from './extension';
import { Extensions } from './extensions';
import { adaptPlugin } from './plugin';
import type {
  PluginCallback,
  PluginClientSession,
  PluginMessage,
  PluginServerSession,
  WebSocketExtensionsPlugin,
} from './plugin-types';

type Behaviour = (message: PluginMessage, callback: PluginCallback) => void;

const back: Behaviour = (given, callback) => callback(null, given);

interface Overrides {
  plugin?: Partial<WebSocketExtensionsPlugin>;
  client?: Partial<PluginClientSession>;
  server?: Partial<PluginServerSession>;
  process?: Behaviour;
}

function testPlugin(overrides: Overrides = {}): WebSocketExtensionsPlugin {
  const process = overrides.process ?? back;
  const session = { processIncomingMessage: process, processOutgoingMessage: process, close() {} };
  return {
    name: 'x-test',
    type: 'permessage',
    rsv1: true,
    rsv2: false,
    rsv3: true,
    createClientSession: () => ({
      ...session,
      generateOffer: () => ({}),
      activate: () => true,
      ...overrides.client,
    }),
    createServerSession: () => ({ ...session, generateResponse: () => ({}), ...overrides.server }),
    ...overrides.plugin,
  };
}

function sessionOf(process: Behaviour): ExtensionSession {
  return adaptPlugin(testPlugin({ process })).accept([[]])!.session;
}

describe('adaptPlugin', () => {
  test.each<[string, object, string]>([
    ['name', { name: undefined }, 'name must be a token'],
    ['token for a name', { name: 'a b' }, 'name must be a token'],
    ['type', { type: undefined }, 'type must be "permessage"'],
    ['known type', { type: 'perframe' }, 'type must be "permessage"'],
    ['rsv1', { rsv1: undefined }, 'rsv1 must be true or false'],
    ['rsv2', { rsv2: 1 }, 'rsv2 must be true or false'],
    ['rsv3', { rsv3: null }, 'rsv3 must be true or false'],
    ['createClientSession', { createClientSession: 1 }, 'createClientSession must be a function'],
    ['createServerSession', { createServerSession: 1 }, 'createServerSession must be a function'],
  ])('throws where there is no %s', (_, plugin, reason) => {
    const broken = testPlugin({ plugin });
    expect(() => adaptPlugin(broken)).toThrow(new TypeError(reason));
    expect(() => new Extensions([broken])).toThrow(new TypeError(`extensions[0]: ${reason}`));
  });

  test('keeps the name, and gathers the RSV bits', () => {
    expect(adaptPlugin(testPlugin())).toMatchObject({ name: 'x-test', rsv: 5 });
    const plugin = { rsv1: false, rsv2: true, rsv3: false };
    expect(adaptPlugin(testPlugin({ plugin }))).toHaveProperty('rsv', 2);
  });

  test('hands its options to the functions that create sessions, as version 0.2 does', () => {
    const plugin = { createClientSession: jest.fn(), createServerSession: jest.fn() };
    const extensions = new Extensions([testPlugin({ plugin })], { maxLength: 10 });
    extensions.offer();
    extensions.accept('x-test');
    expect(plugin.createClientSession).toHaveBeenCalledWith({ maxLength: 10 });
    expect(plugin.createServerSession).toHaveBeenCalledWith([{}], { maxLength: 10 });
  });
});

describe('negotiation', () => {
  test.each([
    ['nothing', () => null, ''],
    ['undefined', () => undefined, ''],
    ['false', () => false as const, ''],
    ['no alternatives', () => [], ''],
    ['an empty offer', () => ({}), 'x-test'],
    ['an offer', () => ({ a: true, b: [1, 'two'] }), 'x-test; a; b=1; b=two'],
    ['alternatives', () => [{ a: 1 }, {}], 'x-test; a=1, x-test'],
  ])('an offer of %s', (_, generateOffer, header) => {
    const extensions = new Extensions([testPlugin({ client: { generateOffer } })]);
    expect(extensions.offer().header).toBe(header);
  });

  test('a plug-in without a session offers and accepts nothing', () => {
    const plugin = { createClientSession: () => null, createServerSession: () => undefined };
    const extensions = new Extensions([testPlugin({ plugin })]);
    expect(extensions.offer().header).toBe('');
    expect(extensions.accept('x-test')).toEqual({ header: '', pipeline: null });
  });

  test('the server gets all offers as objects, and answers with one', () => {
    const server = { ...testPlugin().createServerSession([], {})! };
    const createServerSession = jest.fn(() => server);
    const extensions = new Extensions([testPlugin({ plugin: { createServerSession } })]);
    expect(extensions.accept('x-test; a=1; a="2", y, x-test; b').header).toBe('x-test');
    expect(createServerSession).toHaveBeenCalledWith([{ a: [1, 2] }, { b: true }], {});
  });

  test.each([
    [{ a: true }, 'x-test; a'],
    [null, 'x-test'],
    [undefined, 'x-test'],
  ])('the response %j becomes %j', (response, header) => {
    const server = { generateResponse: () => response };
    expect(new Extensions([testPlugin({ server })]).accept('x-test').header).toBe(header);
  });

  test('the client gets the answer as an object', () => {
    const activate = jest.fn(() => true);
    const offer = new Extensions([testPlugin({ client: { activate } })]).offer();
    expect(offer.activate('x-test; a=1').pipeline).toHaveProperty('rsv', 5);
    expect(activate).toHaveBeenCalledWith({ a: 1 });
  });

  test.each([false, undefined, 1, 'true'])('the client fails when told %p', (verdict) => {
    const client = { activate: () => verdict };
    const offer = new Extensions([testPlugin({ client })]).offer();
    expect(() => offer.activate('x-test; a=1')).toThrow('the offer with "x-test; a=1"');
  });
});

describe('a message', () => {
  test('comes as an object of its own, with a Buffer over the same bytes', () => {
    const seen: PluginMessage[] = [];
    const session = sessionOf((given, callback) => {
      seen.push(given);
      back(given, callback);
    });
    const sent = { ...message('text', 6), data: new TextEncoder().encode('(text)').subarray(1, 5) };
    const result = session.processOutgoing(sent);
    expect(result).toEqual({ opcode: 1, rsv: 6, data: Buffer.from('text') });
    const { data, ...rest } = seen[0];
    expect(rest).toEqual({ rsv1: true, rsv2: true, rsv3: false, opcode: 1 });
    expect(data).toBeInstanceOf(Buffer);
    expect(data.buffer).toBe(sent.data.buffer);
  });

  test('may be changed, or replaced', () => {
    const changing = sessionOf((given, callback) => {
      given.rsv2 = true;
      given.data = Buffer.from('changed');
      callback(null, given);
    });
    expect(changing.processOutgoing(message('text'))).toMatchObject({ opcode: 1, rsv: 2 });
    const replacing = sessionOf((_, callback) =>
      callback(null, { rsv1: true, rsv2: false, rsv3: true, opcode: 2, data: Buffer.alloc(1) }),
    );
    expect(replacing.processOutgoing(message('text'))).toEqual({
      opcode: 2,
      rsv: 5,
      data: Buffer.alloc(1),
    });
  });

  test('has none of the plug-in’s RSV bits left when it has come in', () => {
    expect(sessionOf(back).processIncoming(message('text', 7), 10)).toHaveProperty('rsv', 2);
  });

  test('is awaited where the plug-in calls back later, and the first call counts', async () => {
    let callBack: PluginCallback = () => {};
    const session = sessionOf((_, callback) => (callBack = callback));
    const result = session.processIncoming(message('text'), 10);
    expect(result).toBeInstanceOf(Promise);
    const base = { rsv1: false, rsv2: false, rsv3: false, opcode: 1 };
    callBack(null, { ...base, data: Buffer.from('first') });
    callBack(null, { ...base, data: Buffer.from('second') });
    callBack(new Error('third'));
    expect(textOf(await result)).toBe('first');
  });

  test('is not changed by calls after the first, or by what is thrown then', () => {
    const session = sessionOf((given, callback) => {
      callback(null, given);
      callback(new Error('second'));
      throw new Error('third');
    });
    expect(textOf(session.processOutgoing(message('text')) as ExtensionMessage)).toBe('text');
  });

  const error = new Error('reason');
  test.each<[string, Behaviour]>([
    ['calls back with an error', (_, callback) => callback(error)],
    ['calls back with an error and a message', (given, callback) => callback(error, given)],
    [
      'throws',
      () => {
        throw error;
      },
    ],
  ])('fails when the plug-in %s', (_, process) => {
    expect(thrownBy(() => sessionOf(process).processOutgoing(message('text')))).toBe(error);
    expect(thrownBy(() => sessionOf(process).processIncoming(message('text'), 10))).toBe(error);
  });

  test('fails when the plug-in calls back with an error later', async () => {
    const session = sessionOf((_, callback) => void Promise.resolve().then(() => callback(error)));
    await expect(session.processOutgoing(message('text'))).rejects.toBe(error);
  });

  test.each<[string, Behaviour]>([
    ['nothing', (_, callback) => callback(null)],
    ['null', (_, callback) => callback(null, null)],
    [
      'a message of text',
      (given, callback) => callback(null, { ...given, data: 'text' as unknown as Buffer }),
    ],
  ])('fails when the plug-in calls back with %s', (_, process) => {
    expect(() => sessionOf(process).processOutgoing(message('text'))).toThrow(
      new TypeError('an extension called back without a message'),
    );
  });
});

test('closing closes the plug-in’s session', () => {
  const close = jest.fn();
  new Extensions([testPlugin({ server: { close } })]).accept('x-test').pipeline!.close();
  expect(close).toHaveBeenCalledTimes(1);
});

test('plug-ins get the bytes as they are where there is no Buffer', () => {
  const { Buffer } = globalThis;
  let adapt = adaptPlugin;
  Reflect.deleteProperty(globalThis, 'Buffer');
  try {
    jest.isolateModules(() => {
      ({ adaptPlugin: adapt } = jest.requireActual<typeof import('./plugin.js')>('./plugin'));
    });
  } finally {
    globalThis.Buffer = Buffer;
  }
  const { session } = adapt(testPlugin()).accept([[]])!;
  const sent = message('text');
  expect((session.processOutgoing(sent) as ExtensionMessage).data).toBe(sent.data);
});
