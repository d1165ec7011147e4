import { runInNewContext } from 'node:vm';
import {
  CLIENT,
  FrameDecoder,
  HixieDecoder,
  masked,
  MessageDecoder,
  SERVER,
  type FrameSink,
  type MessageSink,
  type PartSink,
} from '.';
import { RecordingSink } from '../test/recording-sink';

/** Takes what the types refuse. */
type Untyped = (...given: unknown[]) => unknown;

const message: Untyped = (...given) => Reflect.construct(MessageDecoder, given);
const frame: Untyped = (...given) => Reflect.construct(FrameDecoder, given);
const hixie: Untyped = (...given) => Reflect.construct(HixieDecoder, given);

const sink = new RecordingSink();
const frameSink: FrameSink = { onFrame: () => null, onPayload: () => null, onViolation() {} };
const without = (method: keyof MessageSink): MessageSink =>
  Object.assign(new RecordingSink(), { [method]: undefined });
const KNOWN =
  'maxLength, maxStreamedLength, maxFragments, allowedRsv, reservesAll, textAsBytes, meter';

const DECODERS: [string, () => unknown, ErrorConstructor, string][] = [
  [
    'a role by its name',
    () => message('server', sink),
    TypeError,
    'role must be CLIENT or SERVER, not "server"',
  ],
  [
    'no role',
    () => message(undefined, sink),
    TypeError,
    'role must be CLIENT or SERVER, not undefined',
  ],
  [
    'some object as role',
    () => frame({}, frameSink),
    TypeError,
    'role must be CLIENT or SERVER, not [object Object]',
  ],
  ['no sink', () => message(SERVER), TypeError, 'sink must be an object, not undefined'],
  ['no sink for frames', () => frame(SERVER, null), TypeError, 'sink must be an object, not null'],
  ['no sink for hixie', () => hixie(), TypeError, 'sink must be an object, not undefined'],
  [
    'a sink without methods',
    () => message(SERVER, {}),
    TypeError,
    'sink.onText must be a function, not undefined',
  ],
  [
    'a sink without onPong',
    () => message(SERVER, without('onPong')),
    TypeError,
    'sink.onPong must be a function, not undefined',
  ],
  [
    'a hixie sink without onClose',
    () => hixie(without('onClose')),
    TypeError,
    'sink.onClose must be a function, not undefined',
  ],
  [
    'the sink of messages for frames',
    () => frame(SERVER, sink),
    TypeError,
    'sink.onFrame must be a function, not undefined',
  ],
  [
    'options that are none',
    () => message(SERVER, sink, null),
    TypeError,
    'options must be an object, not null',
  ],
  [
    'options that are a number',
    () => hixie(sink, 5),
    TypeError,
    'options must be an object, not 5',
  ],
  [
    'a misspelt option',
    () => message(SERVER, sink, { maxLenght: 5 }),
    TypeError,
    `option maxLenght is not known; there are ${KNOWN}`,
  ],
  [
    'a limit for frames',
    () => frame(SERVER, frameSink, { maxLength: 5 }),
    TypeError,
    'option maxLength is not known; there are allowedRsv, meter',
  ],
  [
    'fragments for hixie',
    () => hixie(sink, { maxFragments: 5 }),
    TypeError,
    'option maxFragments is not known; there are maxLength, closingFrame, textAsBytes, meter',
  ],
  [
    'a limit in text',
    () => message(SERVER, sink, { maxLength: '5' }),
    RangeError,
    'maxLength must be an integer of at least 0, or Infinity, not "5"',
  ],
  [
    'no fragments',
    () => message(SERVER, sink, { maxFragments: 0 }),
    RangeError,
    'maxFragments must be an integer of at least 1, or Infinity, not 0',
  ],
  [
    'RSV bits of four',
    () => message(SERVER, sink, { allowedRsv: 8 }),
    RangeError,
    'allowedRsv must be an integer from 0 to 7, not 8',
  ],
  [
    'reservesAll: 1',
    () => message(SERVER, sink, { reservesAll: 1 }),
    TypeError,
    'reservesAll must be a boolean, not 1',
  ],
  [
    'textAsBytes: "yes"',
    () => message(SERVER, sink, { textAsBytes: 'yes' }),
    TypeError,
    'textAsBytes must be a boolean, not "yes"',
  ],
  [
    'textAsBytes for a sink that does not take it',
    () => message(SERVER, without('onTextBytes'), { textAsBytes: true }),
    TypeError,
    'sink.onTextBytes must be a function, not undefined',
  ],
  [
    'a streamed length below nothing',
    () => message(SERVER, sink, { maxStreamedLength: -1 }),
    RangeError,
    'maxStreamedLength must be an integer of at least 0, or Infinity, not -1',
  ],
  [
    'parts for a sink of whole messages',
    () => new MessageDecoder(SERVER, sink).deliverParts(frameSink as unknown as PartSink),
    TypeError,
    'sink.onTextPart must be a function, not undefined',
  ],
  [
    'closingFrame: "yes"',
    () => hixie(sink, { closingFrame: 'yes' }),
    TypeError,
    'closingFrame must be a boolean, not "yes"',
  ],
  [
    'a meter that cannot be charged',
    () => message(SERVER, sink, { meter: {} }),
    TypeError,
    'meter.charge must be a function, not undefined',
  ],
  [
    'a number as meter',
    () => hixie(sink, { meter: 5 }),
    TypeError,
    'meter must be an object, not 5',
  ],
];

const CHUNKS: [string, unknown, string][] = [
  ['text', 'abc', '"abc"'],
  ['nothing', undefined, 'undefined'],
  ['an array', [0x81, 0], '[object Array]'],
  ['an ArrayBuffer', new ArrayBuffer(2), '[object ArrayBuffer]'],
  ['words', new Uint16Array(1), '[object Uint16Array]'],
];

test.each(DECODERS)('%s: refused', (_, wrong, type, text) => {
  expect(wrong).toThrow(new type(text));
});

describe.each([
  ['a MessageDecoder', () => new MessageDecoder(CLIENT, new RecordingSink())],
  ['a HixieDecoder', () => new HixieDecoder(new RecordingSink())],
])('%s', (_, make) => {
  test.each(CHUNKS)('is pushed %s: throws, and goes on', (_name, chunk, described) => {
    const decoder = make();
    const push = (): void => decoder.push(chunk as Uint8Array);
    expect(push).toThrow(new TypeError(`chunk must be a Uint8Array, not ${described}`));
    decoder.end();
    expect(push).toThrow(TypeError);
  });
});

test('bytes of another realm are bytes', () => {
  const foreign = runInNewContext('Uint8Array.of(1, 2)') as Uint8Array;
  expect(foreign).not.toBeInstanceOf(Uint8Array);
  expect([...masked(foreign, 0)]).toEqual([1, 2]);
});
