import { headerOptions } from './header-options';

test.each([null, undefined, false as never])('%p are none', (headers) => {
  expect(headerOptions(headers, 'handshake', 'headers')).toEqual({});
});

test('each name that is left out is warned of once, without its value', () => {
  const emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
  const headers = { upgrade: 'websocket', 'sec-websocket-key': 'secret', cookie: 'a=1' };
  const once = headerOptions(headers, 'handshake', 'headers');
  const again = headerOptions(headers, 'handshake', 'headers');
  expect([once, again]).toEqual([{ cookie: 'a=1' }, { cookie: 'a=1' }]);
  headerOptions({ Host: 'secret' }, 'tunnel', 'proxy.headers');
  const text = 'is not sent: what belongs to one connection is not passed on to another';
  const details = { type: 'WebSocketWarning', code: 'WS_WARN_HEADER' };
  expect(emitWarning.mock.calls).toEqual([
    [`option headers: header "upgrade" ${text}`, details],
    [`option headers: header "sec-websocket-key" ${text}`, details],
    [`option proxy.headers: header "host" ${text}`, details],
  ]);
});
