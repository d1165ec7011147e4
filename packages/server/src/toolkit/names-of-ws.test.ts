/** What programs written for `ws` do with a server, and what they are told. */
import { WebSocketServer } from '@ws/server';

describe('what ws has and a WebSocketServer has not says what there is instead', () => {
  const HANDLE = /^a WebSocketServer has no \w+: handle\(request, socket, head\) promises/;
  const wss = new WebSocketServer() as WebSocketServer & Record<string, unknown>;
  const called = (name: string) => () => (wss[name] as () => unknown)();

  test.each<[string, () => unknown, RegExp]>([
    ['handleUpgrade is called', called('handleUpgrade'), HANDLE],
    ['completeUpgrade is called', called('completeUpgrade'), HANDLE],
    ['shouldHandle is called', called('shouldHandle'), /^a WebSocketServer has no shouldHandle: /],
    ['shouldHandle is set', () => (wss['shouldHandle'] = () => false), /options path and upgrade/],
    [
      'shouldHandle is overridden',
      () =>
        new (class extends WebSocketServer {
          shouldHandle(): boolean {
            return false;
          }
        })(),
      /options path and upgrade/,
    ],
    [
      'shouldHandle is a field',
      () =>
        new (class extends WebSocketServer {
          shouldHandle = (): boolean => false;
        })(),
      /shouldHandle/,
    ],
    [
      'a callback without a port',
      () => new WebSocketServer({}, () => undefined),
      /^the second argument: it is called when the server listens on option port/,
    ],
    [
      'a callback that is none',
      () => new WebSocketServer({ port: 0 }, {} as never),
      /^the second argument: \[object Object\] is not a function$/,
    ],
    ['noServer', () => new WebSocketServer({ noServer: true } as object), /and call handle\(\)$/],
    [
      'verifyClient',
      () => new WebSocketServer({ verifyClient: () => true } as object),
      /it is upgrade, which returns refuse/,
    ],
  ])('%s', (_, action, complaint) => {
    expect(action).toThrow(complaint);
  });

  test.each([
    ['headers', "no event 'headers': headers is an option"],
    ['wsClientError', "is an event 'refused'"],
    ['message', "on('connection', (ws) => ws.on('message', …))"],
    ['conection', "no event 'conection': did you mean 'connection'?"],
    ['connect', "did you mean 'connection'?"],
    ['closed', "did you mean 'close'?"],
  ])('a listener of %s is warned of', (name, text) => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation();
    wss.on(name as 'close', () => undefined);
    wss.once(name as 'close', () => undefined);
    expect(warn.mock.calls).toHaveLength(1);
    expect(warn.mock.calls[0][0]).toContain(text);
    warn.mockRestore();
  });

  test.each(['connection', 'refused', 'error', 'listening', 'close', 'joined', 'removeListener'])(
    'a listener of %s is not',
    (name) => {
      const warn = jest.spyOn(process, 'emitWarning').mockImplementation();
      wss.on(name as 'close', () => undefined);
      expect(warn).not.toHaveBeenCalled();
      warn.mockRestore();
    },
  );

  test('none of it is seen by those who look at the server', () => {
    expect(Object.keys(wss)).not.toContain('handleUpgrade');
  });
});
