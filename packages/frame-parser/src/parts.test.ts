/** Messages that are delivered in parts. */
import fc from 'fast-check';
import { anyText } from '../../common/test/any-text';
import { CLIENT, encodeFragments, encodeFrame, MessageDecoder, OPCODE, SERVER } from '.';
import type { MessageDecoderOptions } from '.';
import { bits, concat, hex, repeat } from '../test/bits';
import { RecordingSink, toHex, type Told } from '../test/recording-sink';

const PING = bits('1 000 1001 0 0000000');
const encoder = new TextEncoder();

function setup(options: MessageDecoderOptions = {}) {
  const sink = new RecordingSink();
  return { sink, decoder: new MessageDecoder(CLIENT, sink, options) };
}

function inParts(options: MessageDecoderOptions = {}) {
  const { sink, decoder } = setup(options);
  decoder.deliverParts(sink);
  return { sink, decoder };
}

describe('in parts', () => {
  test.each<[string, Uint8Array[], Told[]]>([
    ['a whole message', [bits('1 000 0001 0 0000010', 'ab')], [['text part', 'ab', 'last']]],
    ['an empty message', [bits('1 000 0010 0 0000000')], [['binary part', '', 'last']]],
    ['an empty text', [bits('1 000 0001 0 0000000')], [['text part', '', 'last']]],
    [
      'a text in two chunks',
      [bits('1 000 0001 0 0000011', 'ab'), bits('01100011')],
      [
        ['text part', 'ab'],
        ['text part', 'c', 'last'],
      ],
    ],
    [
      'bytes in fragments, with a ping between them',
      [concat([bits('0 000 0010 0 0000001', 'a'), PING, bits('1 000 0000 0 0000001', 'b')])],
      [
        ['binary part', '61'],
        ['ping', ''],
        ['binary part', '62', 'last'],
      ],
    ],
    [
      'empty fragments, of which only the last is told',
      [
        bits('0 000 0001 0 0000000'),
        bits('0 000 0000 0 0000000'),
        bits('0 000 0000 0 0000001', 'a'),
        bits('1 000 0000 0 0000000'),
      ],
      [
        ['text part', 'a'],
        ['text part', '', 'last'],
      ],
    ],
    [
      'a text cut inside a character',
      [bits('0 000 0001 0 0000010', hex('61c3')), bits('1 000 0000 0 0000001', hex('a4'))],
      [
        ['text part', 'a'],
        ['text part', 'ä', 'last'],
      ],
    ],
  ])('%s', (_, chunks, told) => {
    const { sink, decoder } = inParts();
    for (const chunk of chunks) decoder.push(chunk);
    expect(sink.told).toEqual(told);
    expect(decoder.bufferedBytes).toBe(0);
  });

  test('messages for extensions, unchecked', () => {
    const { sink, decoder } = inParts({ allowedRsv: 4 });
    decoder.push(bits('0 100 0001 0 0000001', hex('ff')));
    decoder.push(bits('1 000 0000 0 0000001', hex('fe')));
    decoder.push(bits('1 000 0001 0 0000001', 'a'));
    expect(sink.told).toEqual([
      ['reserved part', 1, 4, 'ff'],
      ['reserved part', 1, 4, 'fe', 'last'],
      ['text part', 'a', 'last'],
    ]);
  });

  test('all messages of a decoder that reserves them', () => {
    const { sink, decoder } = inParts({ reservesAll: true });
    decoder.push(bits('1 000 0001 0 0000001', hex('ff')));
    expect(sink.told).toEqual([['reserved part', 1, 0, 'ff', 'last']]);
  });

  test.each([
    ['a bad byte, before its frame ends', [bits('1 000 0001 0 0000111', hex('61ff'))]],
    ['an end inside a character', [bits('1 000 0001 0 0000010', hex('61c3'))]],
    [
      'a bad byte in a later fragment',
      [bits('0 000 0001 0 0000001', hex('c3')), bits('1 000 0000 0 0000001', hex('61'))],
    ],
  ])('refuses a text with %s', (_, chunks) => {
    const { sink, decoder } = inParts();
    for (const chunk of chunks) decoder.push(chunk);
    expect(sink.told.at(-1)).toEqual(['violation', 'INVALID_UTF8']);
  });

  test('a message inside a message is still a violation', () => {
    const { sink, decoder } = inParts();
    decoder.push(bits('0 000 0001 0 0000001', 'a'));
    decoder.push(bits('1 000 0001 0 0000001', 'a'));
    expect(sink.told).toEqual([
      ['text part', 'a'],
      ['violation', 'CONTINUATION_EXPECTED'],
    ]);
  });
});

describe('the limits of messages in parts', () => {
  const options = { maxLength: 3, maxFragments: 2 };

  test('are not those of whole messages', () => {
    const { sink, decoder } = inParts(options);
    for (let i = 0; i < 9; i++) decoder.push(bits(`0 000 00${i ? '0' : '1'}0 0 0000011`, 'abc'));
    expect(sink.told).toHaveLength(9);
  });

  test('a frame of 2^47 bytes is taken as it comes', () => {
    const { sink, decoder } = inParts();
    decoder.push(hex('827f0000800000000000'));
    for (let i = 0; i < 100; i++) decoder.push(repeat(97, 100_000));
    expect(sink.told).toHaveLength(100);
    expect(decoder.bufferedBytes).toBe(0);
  });

  test.each([
    ['by its header', [bits('1 000 0010 0 0000110', '')], 0],
    ['in fragments', [bits('0 000 0010 0 0000101', 'abcde'), bits('1 000 0000 0 0000001', '')], 1],
  ])('maxStreamedLength is held to, %s', (_, chunks, parts) => {
    const { sink, decoder } = inParts({ ...options, maxStreamedLength: 5 });
    for (const chunk of chunks) decoder.push(chunk);
    expect(sink.told).toHaveLength(parts + 1);
    expect(sink.told.at(-1)).toEqual(['violation', 'MESSAGE_TOO_BIG']);
  });

  test('maxStreamedLength is held to by what was kept before, too', () => {
    const { sink, decoder } = setup({ maxLength: 9, maxStreamedLength: 5 });
    decoder.push(bits('1 000 0010 0 0001000', 'abcd'));
    decoder.deliverParts(sink);
    decoder.push(bits('01100001 01100001'));
    expect(sink.told).toEqual([['violation', 'MESSAGE_TOO_BIG']]);
  });
});

describe('the switch to parts and back', () => {
  test.each([
    ['binary', '0 000 0010', ['binary part', '6162'], ['binary part', '63', 'last']],
    ['text', '0 000 0001', ['text part', 'ab'], ['text part', 'c', 'last']],
  ] as [string, string, Told, Told][])(
    'a %s message that was arriving comes in parts, from its start',
    (_, start, first, last) => {
      const { sink, decoder } = setup();
      decoder.push(bits(`${start} 0 0000001`, 'a'));
      decoder.deliverParts(sink);
      expect(sink.told).toEqual([]);
      decoder.push(bits('0 000 0000 0 0000001', 'b'));
      decoder.push(bits('1 000 0000 0 0000001', 'c'));
      expect(sink.told).toEqual([first, last]);
    },
  );

  test('a message in parts comes to its end in parts; the next one is whole', () => {
    const { sink, decoder } = inParts();
    decoder.push(bits('0 000 0010 0 0000001', 'a'));
    decoder.deliverParts(null);
    decoder.push(bits('1 000 0000 0 0000001', 'b'));
    decoder.push(bits('1 000 0010 0 0000001', 'c'));
    expect(sink.told).toEqual([
      ['binary part', '61'],
      ['binary part', '62', 'last'],
      ['binary', '63'],
    ]);
    decoder.deliverParts(sink);
    decoder.push(bits('1 000 0010 0 0000001', 'd'));
    expect(sink.told.at(-1)).toEqual(['binary part', '64', 'last']);
  });

  test('a message stays with the sink that it began with', () => {
    const { sink, decoder } = inParts();
    decoder.push(bits('0 000 0010 0 0000001', 'a'));
    const other = new RecordingSink();
    decoder.deliverParts(other);
    decoder.push(bits('1 000 0000 0 0000001', 'b'));
    decoder.push(bits('1 000 0010 0 0000001', 'c'));
    expect(sink.told).toHaveLength(2);
    expect(other.told).toEqual([['binary part', '63', 'last']]);
  });

  test('from inside of a callback it counts for the next message', () => {
    const { sink, decoder } = inParts();
    sink.onBinaryPart = (data) => {
      sink.told.push(['binary part', toHex(data)]);
      decoder.deliverParts(null);
    };
    const one = bits('1 000 0010 0 0000001', 'a');
    decoder.push(concat([one, one]));
    expect(sink.told).toEqual([
      ['binary part', '61'],
      ['binary', '61'],
    ]);
  });

  test('a frame whose header came before it is delivered as its header was judged', () => {
    const meter = { charge: () => decoder.pause() };
    const { sink, decoder } = inParts({ maxLength: 2, meter });
    decoder.push(bits('1 000 0010 0 0000011', 'abc'));
    decoder.deliverParts(null);
    decoder.resume();
    expect(sink.told).toEqual([['binary part', '616263', 'last']]);
    decoder.push(bits('1 000 0010 0 0000010', 'ab'));
    decoder.deliverParts(sink);
    decoder.resume();
    expect(sink.told.at(-1)).toEqual(['binary part', '6162', 'last']);
  });

  test('what was told comes to the same, wherever the switches are and however it is cut', () => {
    const text = anyText({ maxLength: 60 }).map((t) => t.replace(/\p{Surrogate}/gu, ''));
    const message = fc.record({ opcode: fc.constantFrom(1, 2), text, fragment: fc.nat(50) });
    const steps = fc.array(
      fc.record({ length: fc.integer({ min: 1, max: 90 }), parts: fc.option(fc.boolean()) }),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(fc.array(message), steps, (messages, plan) => {
        const { sink, decoder } = setup();
        const wire = concat(
          messages.flatMap(({ opcode, text: payload, fragment }) => [
            ...encodeFragments(SERVER, { opcode, payload }, fragment + 1),
            encodeFrame(SERVER, { opcode: OPCODE.PING, payload: '' }),
          ]),
        );
        for (let at = 0, i = 0; at < wire.length; i++) {
          const { length, parts } = plan[i % plan.length];
          if (parts !== null) decoder.deliverParts(parts ? sink : null);
          decoder.push(wire.slice(at, at + length));
          at += length;
        }
        expect(wholes(sink.told)).toEqual(
          messages.map(({ opcode, text: t }) => (opcode === 1 ? t : toHex(encoder.encode(t)))),
        );
      }),
      { numRuns: 500 },
    );
  });
});

/** The payloads of the messages, parts joined. */
function wholes(told: readonly Told[]): string[] {
  const messages: string[] = [];
  let open = '';
  for (const [kind, data, last] of told) {
    if (kind === 'ping') continue;
    open += String(data);
    if (kind.endsWith('part') && last === undefined) continue;
    messages.push(open);
    open = '';
  }
  expect(open).toBe('');
  return messages;
}
