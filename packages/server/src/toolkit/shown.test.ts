/** What `console.log` and `JSON.stringify` show of the toolkit's objects. */
import { inspect } from 'node:util';
import { WebSocketServer } from '@ws/server';
import { UpgradeContext, type UpgradeFacts } from './upgrade-context';

const FACTS = {
  request: { headers: { cookie: 'sid=secret' } },
  url: 'ws://app.example/chat/tea',
  secure: false,
  address: '192.0.2.1',
  match: { pattern: '/chat/:room', params: { room: 'tea' } },
  verdict: { ok: true, origin: null, version: 'hybi-13', protocols: ['chat'] },
  signal: () => new AbortController().signal,
  bearer: () => 'secret',
} as unknown as UpgradeFacts;

test('a WebSocketServer is shown by the number of its clients', () => {
  const server = new WebSocketServer();
  expect(inspect(server)).toBe('WebSocketServer { clients: 0 }');
  expect(JSON.stringify(server)).toBe('{"clients":0}');
});

test('a subclass is shown by its own name', () => {
  class Chat extends WebSocketServer {}
  expect(inspect(new Chat())).toBe('Chat { clients: 0 }');
});

test('the context of a hook is shown without cookies and tokens', () => {
  const context = new UpgradeContext(FACTS);
  const shown = inspect(context);
  expect(shown).toMatch(/^UpgradeContext \{/);
  expect(shown).toContain("room: 'tea'");
  expect(shown).not.toContain('secret');
  expect(JSON.parse(JSON.stringify(context))).toEqual({
    url: 'ws://app.example/chat/tea',
    pattern: '/chat/:room',
    params: { room: 'tea' },
    origin: null,
    address: '192.0.2.1',
    secure: false,
    version: 'hybi-13',
    protocols: ['chat'],
  });
});
