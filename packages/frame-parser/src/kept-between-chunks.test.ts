/** What a decoder keeps between chunks: its own and no other's, and nothing after the end. */
import { CLIENT, encodeFrame, MessageDecoder, OPCODE, SERVER } from '.';
import { bits, concat, hex } from '../test/bits';
import { RecordingSink } from '../test/recording-sink';

const PING = bits('1 000 1001 0 0000000');

function setup(options = {}) {
  const sink = new RecordingSink();
  return { sink, decoder: new MessageDecoder(CLIENT, sink, options) };
}

describe('what one decoder has is not another’s', () => {
  const tenBytes = encodeFrame(SERVER, { opcode: OPCODE.TEXT, payload: 'a'.repeat(10) });
  const RULES: [object, unknown][] = [
    [{ maxLength: 10 }, ['text', 'a'.repeat(10)]],
    [{ maxLength: 9 }, ['violation', 'MESSAGE_TOO_BIG']],
    [{}, ['text', 'a'.repeat(10)]],
    [{ reservesAll: true }, ['reserved', OPCODE.TEXT, 0, '61'.repeat(10)]],
    [{ maxLength: 9 }, ['violation', 'MESSAGE_TOO_BIG']],
  ];

  test('the rules, when decoders with several are made in turns', () => {
    const decoders = RULES.map(([options]) => setup(options));
    for (const { decoder } of decoders) decoder.push(tenBytes.slice());
    expect(decoders.map(({ sink }) => sink.told)).toEqual(RULES.map(([, told]) => [told]));
  });

  test('the frame, when several are in the middle of one', () => {
    const texts = ['first', 'the second', 'x'.repeat(200), ''];
    const wires = texts.map((payload) => encodeFrame(CLIENT, { opcode: OPCODE.TEXT, payload }));
    const sinks = texts.map(() => new RecordingSink());
    const decoders = sinks.map((sink) => new MessageDecoder(SERVER, sink));
    for (let i = 0; i < Math.max(...wires.map((wire) => wire.length)); i++) {
      for (const [at, wire] of wires.entries()) decoders[at].push(wire.slice(i, i + 1));
    }
    expect(sinks.map(({ told }) => told)).toEqual(texts.map((text) => [['text', text]]));
  });

  test('the frame, when one is fed from inside a callback of the other', () => {
    const inner = new RecordingSink();
    const outer = new RecordingSink();
    const fed = new MessageDecoder(SERVER, inner);
    const decoder = new MessageDecoder(SERVER, outer);
    const wire = concat(
      ['a', 'bc', 'def'].map((payload) => encodeFrame(CLIENT, { opcode: OPCODE.TEXT, payload })),
    );
    const forwarded = wire.slice();
    outer.onText = (text) => {
      outer.told.push(['text', text]);
      fed.push(forwarded.slice((text.length - 1) * 8, text.length * 8));
    };
    decoder.push(wire);
    expect(outer.told).toEqual([
      ['text', 'a'],
      ['text', 'bc'],
      ['text', 'def'],
    ]);
    expect(inner.told).toEqual(outer.told);
  });
});

describe('the end, by its owner or by a violation, leaves nothing', () => {
  test.each([
    ['of a header', bits('0 000 0001 0 1111110 00000001')],
    ['of a payload', bits('0 000 0001 0 0000010', hex('61'))],
    ['of a control frame', bits('1 000 1001 0 0000010', hex('61'))],
    ['of a message', bits('0 000 0001 0 0000001', hex('61'))],
    ['of a control frame in a message', bits('0 000 0001 0 0000001 01100001 1 000 1001 0 0000010')],
  ])('%s', (_name, unfinished) => {
    const { sink, decoder } = setup();
    decoder.push(unfinished);
    decoder.end();
    decoder.push(PING.slice());
    expect([decoder.bufferedBytes, sink.told]).toEqual([0, []]);
  });

  test('of the frame that breaks a rule, and what is behind it', () => {
    const { sink, decoder } = setup();
    decoder.push(concat([bits('0 000 0001 0 0000001', hex('61')), bits('1 111 0001 0 0000001')]));
    expect([decoder.bufferedBytes, sink.told]).toEqual([0, [['violation', 'RSV_2_3_UNEXPECTED']]]);
  });
});
