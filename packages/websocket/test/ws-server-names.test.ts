/** Every option and method of a server of `ws`, by its own account, is one of a WebSocketServer, or the error says what is. */
import { WebSocketServer } from '@ws/server';
import { WebSocketServer as WsServer } from 'ws';

/** All of them, whatever was given. */
const OPTIONS = Object.keys(new WsServer({ noServer: true }).options);
const METHODS = Object.getOwnPropertyNames(WsServer.prototype).filter(
  (name) => name !== 'constructor',
);

/** Of a type that no option has. */
const NO_VALUE: symbol = Symbol('value');

test.each(OPTIONS)('the option %s', (name) => {
  const make = (): unknown => new WebSocketServer({ [name]: NO_VALUE });
  expect(make).toThrow(new RegExp(`^option ${name}(: |: it is |.* is not known here: \\S)`));
});

test.each(METHODS)('%s()', (name) => {
  const wss = new WebSocketServer() as WebSocketServer & Record<string, () => unknown>;
  expect(wss[name]).toBeInstanceOf(Function);
  if (Object.hasOwn(WebSocketServer.prototype, name)) return;
  expect(() => wss[name]()).toThrow(/^a WebSocketServer has no \w+: .*; see MIGRATING\.md$/);
});

test('there are options and methods', () => {
  expect(OPTIONS).toContain('verifyClient');
  expect(METHODS).toContain('handleUpgrade');
});
