/** Names of events that were probably meant to be ours: warned of at run time, refused by the compiler. */
import { expectTypeOf } from 'expect-type';
import { settled } from '../../test/duplex-pair';
import { Joined } from '../../test/memory-opening';
import { meantBy, type OtherType } from './event-names';

const NAMES = ['open', 'message', 'ping', 'pong', 'drain', 'error', 'close'];

let warned: jest.SpyInstance;

beforeEach(() => {
  warned = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
});

afterEach(() => warned.mockRestore());

test.each([
  ['mesage', 'message'],
  ['messages', 'message'],
  ['messsage', 'message'],
  ['massage', 'message'],
  ['Message', 'message'],
  ['onmessage', 'message'],
  ['onClose', 'close'],
  ['colse', 'close'],
  ['closed', 'close'],
  ['eror', 'error'],
  ['opne', 'open'],
  ['pen', 'open'],
  ['dran', 'drain'],
  ['pongs', 'pong'],
])('%s was meant to be %s', (name, meant) => {
  expect(meantBy(name)).toBe(meant);
});

test.each([...NAMES, 'data', 'end', 'ring', 'song', 'omen', 'connection', 'upgrade', 'finish', ''])(
  '%j is what it is',
  (name) => {
    expect(meantBy(name)).toBeNull();
  },
);

test('the types know the same rule', () => {
  expectTypeOf<OtherType<'mesage'>>().toEqualTypeOf<"did you mean 'message'?">();
  expectTypeOf<OtherType<'messages'>>().toEqualTypeOf<"did you mean 'message'?">();
  expectTypeOf<OtherType<'messsage'>>().toEqualTypeOf<"did you mean 'message'?">();
  expectTypeOf<OtherType<'massage'>>().toEqualTypeOf<"did you mean 'message'?">();
  expectTypeOf<OtherType<'Message'>>().toEqualTypeOf<"did you mean 'message'?">();
  expectTypeOf<OtherType<'onmessage'>>().toEqualTypeOf<"did you mean 'message'?">();
  expectTypeOf<OtherType<'onClose'>>().toEqualTypeOf<"did you mean 'close'?">();
  expectTypeOf<OtherType<'colse'>>().toEqualTypeOf<"did you mean 'close'?">();
  expectTypeOf<OtherType<'closed'>>().toEqualTypeOf<"did you mean 'close'?">();
  expectTypeOf<OtherType<'eror'>>().toEqualTypeOf<"did you mean 'error'?">();
  expectTypeOf<OtherType<'opne'>>().toEqualTypeOf<"did you mean 'open'?">();
  expectTypeOf<OtherType<'pen'>>().toEqualTypeOf<"did you mean 'open'?">();
  expectTypeOf<OtherType<'dran'>>().toEqualTypeOf<"did you mean 'drain'?">();
  expectTypeOf<OtherType<'pongs'>>().toEqualTypeOf<"did you mean 'pong'?">();
  type Own = 'data' | 'end' | 'ring' | 'song' | 'omen' | 'connection' | 'upgrade' | 'finish' | '';
  expectTypeOf<OtherType<Own>>().toEqualTypeOf<Own>();
  expectTypeOf<OtherType<string>>().toEqualTypeOf<string>();
  expectTypeOf<OtherType<'open' | 'close'>>().toEqualTypeOf<'open' | 'close'>();
});

test('a listener of such a name does not compile, and is warned of once', () => {
  const { client, server } = new Joined();
  const listener = (): void => undefined;
  for (const ws of [client, server]) {
    // @ts-expect-error -- did you mean 'message'?
    ws.on('mesage', listener);
    // @ts-expect-error -- did you mean 'close'?
    ws.once('Close', listener);
    // @ts-expect-error -- did you mean 'error'?
    ws.addEventListener('errors', listener);
    ws.on('chat', listener).once('chat', listener).addListener('close', listener);
    ws.addEventListener('chat', listener);
  }
  expect(warned.mock.calls).toEqual(
    [
      "there is no event 'mesage': did you mean 'message'?",
      "there is no event 'Close': did you mean 'close'?",
      "there is no event 'errors': did you mean 'error'?",
    ].map((text) => [text, { type: 'WebSocketWarning', code: 'WS_WARN_EVENT_NAME' }]),
  );
});

test('a listener with the parameters of ws is warned of once, and called', async () => {
  const { client, server } = new Joined().open();
  const messages: unknown[][] = [];
  const listener = (...[event, isBinary]: unknown[]): void => void messages.push([event, isBinary]);
  const ofWs = Object.defineProperty(listener, 'length', { value: 2 });
  for (const ws of [client, server]) ws.on('message', ofWs).once('close', ofWs).on('chat', ofWs);
  client.on('message', jest.fn()).on('error', ({ error }) => error);
  server.send('hello');
  await settled();
  expect(messages).toEqual([[expect.objectContaining({ data: 'hello' }), undefined]]);
  const text = (type: string): string =>
    `a listener of '${type}' is called with one argument, the event, and this one takes 2: write `;
  expect(warned.mock.calls).toEqual(
    [`${text('message')}({ data, isBinary }) => …`, `${text('close')}({ code, reason }) => …`].map(
      (warning) => [warning, { type: 'WebSocketWarning', code: 'WS_WARN_LISTENER' }],
    ),
  );
});

test('a binaryType that there is not is ignored, and warned of once', () => {
  for (const { client } of [new Joined(), new Joined()]) {
    client.binaryType = 'fragments' as never;
    expect(client.binaryType).toBe('nodebuffer');
    Object.assign(client, { binaryType: 'blob' });
    client.binaryType = 'ArrayBuffer' as never;
    expect(client.binaryType).toBe('blob');
  }
  const rest = "'nodebuffer', 'arraybuffer', 'blob' or 'uint8array'";
  expect(warned.mock.calls).toEqual(
    ['fragments', 'ArrayBuffer'].map((value) => [
      `binaryType "${value}" is ignored: it can be ${rest}`,
      { type: 'WebSocketWarning', code: 'WS_WARN_BINARY_TYPE' },
    ]),
  );
});
