/** What events of both modules say when they are copied, logged or sent on as JSON. */
import type { WebSocket } from '@ws/connection';
import { connect, outcomeOf, testDifferences } from './support/faye-differences';
import { MODULES } from './support/faye-modules';
import { nextEvent } from './support/observed';

type Act = (ws: WebSocket) => void;
type EventName = 'message' | 'close';

/** What an event has, whichever module it is of. */
// prettier-ignore
const EVENTS: [string, EventName, Act, object][] = [
  ['a text',            'message', (ws) => ws.send('hello'),        { type: 'message', data: 'hello' }],
  ['bytes',             'message', (ws) => ws.send(Buffer.of(1)),   { type: 'message', data: Buffer.of(1) }],
  ['a close',           'close',   (ws) => ws.close(4000, 'bye'),   { type: 'close', code: 4000, reason: 'bye' }],
];

const copied = (event: object): Record<string, unknown> => ({ ...event });

describe.each(MODULES)('$name', ({ WebSocket }) => {
  test.each(EVENTS)('{ ...event } of %s', async (_, type, act, expected) => {
    for (const [from, to] of [
      ['client', 'server'],
      ['server', 'client'],
    ] as const) {
      const ends = await connect(WebSocket);
      const event = nextEvent(ends[to], type);
      act(ends[from]);
      expect(copied(await event)).toMatchObject(expected);
    }
  });

  test('{ ...event } of an error', async () => {
    const client = new WebSocket.Client('ws://127.0.0.1:1/');
    const closed = nextEvent(client, 'close');
    expect(copied(await nextEvent(client, 'error'))).toMatchObject({
      type: 'error',
      message: expect.stringContaining('ECONNREFUSED') as string,
    });
    expect(copied(await closed)).toMatchObject({ type: 'close', code: 1006, reason: '' });
  });
});

testDifferences([
  {
    what: '`{ ...event }`',
    faye: expect.arrayContaining(['type', 'data', 'target', 'currentTarget', 'bubbles']),
    ours: ['type', 'data'],
    async run(WebSocket) {
      const { client, server } = await connect(WebSocket);
      const message = nextEvent(server, 'message');
      client.send('hello');
      return Object.keys(copied(await message));
    },
  },
  {
    what: '`JSON.stringify(event)`',
    faye: 'throws TypeError',
    ours: expect.stringMatching(/^{"type":"close","code":4000,"reason":"bye","wasClean":true,/),
    async run(WebSocket) {
      const { client, server } = await connect(WebSocket);
      const closed = nextEvent(server, 'close');
      client.close(4000, 'bye');
      const event = await closed;
      return outcomeOf(() => JSON.stringify(event));
    },
  },
]);
