import { CLIENT, FrameDecoder, judgeHeader, SERVER, type FrameSink, type ViolationCode } from '.';
import { bits, concat, hex, repeat } from '../test/bits';
import { toHex } from '../test/recording-sink';

class Pieces implements FrameSink {
  readonly told: unknown[] = [];
  refuseFrame: ViolationCode | null = null;
  refusePayload: ViolationCode | null = null;

  onFrame: FrameSink['onFrame'] = ({ fin, rsv, opcode, payloadLength }) => {
    this.told.push({ fin, rsv, opcode, payloadLength });
    return this.refuseFrame;
  };
  onPayload: FrameSink['onPayload'] = (_header, chunk, start, end, frameEnds) => {
    this.told.push([toHex(chunk.subarray(start, end)), frameEnds]);
    return this.refusePayload;
  };
  onViolation = (violation: ViolationCode): void => {
    this.told.push(violation);
  };
}

const HELLO = bits('1 000 0001 1 0000101', hex('37fa213d 7f9f4d5158'));
const HEADER = { fin: true, rsv: 0, opcode: 1, payloadLength: 5 };

function setup() {
  const sink = new Pieces();
  return { sink, decoder: new FrameDecoder(SERVER, sink) };
}

test('payload comes unmasked, as it arrives', () => {
  const { sink, decoder } = setup();
  decoder.push(HELLO.slice(0, 4));
  expect([sink.told, decoder.bufferedBytes]).toEqual([[], 4]);
  decoder.push(HELLO.slice(4, 8));
  decoder.push(HELLO.slice(8));
  expect(sink.told).toEqual([HEADER, ['4865', false], ['6c6c6f', true]]);
});

test('an empty frame has one empty piece', () => {
  const { sink, decoder } = setup();
  decoder.push(bits('0 000 0001 1 0000000', hex('00000000')));
  expect(sink.told).toEqual([{ ...HEADER, fin: false, payloadLength: 0 }, ['', true]]);
  expect(decoder.messageOpen).toBe(true);
});

test.each([HELLO, bits('1 000 0001 1 0000000', hex('00000000'))])(
  'pausing at the header holds its payload back',
  (wire) => {
    const { sink, decoder } = setup();
    const onFrame = sink.onFrame;
    sink.onFrame = (header) => {
      decoder.pause();
      return onFrame(header);
    };
    decoder.push(wire.slice());
    expect(sink.told).toHaveLength(1);
    decoder.resume();
    expect(sink.told).toHaveLength(2);
  },
);

test('the sink may refuse a frame', () => {
  const { sink, decoder } = setup();
  sink.refuseFrame = 'MESSAGE_TOO_BIG';
  decoder.push(concat([HELLO, HELLO]));
  expect(sink.told).toEqual([HEADER, 'MESSAGE_TOO_BIG']);
});

test('the sink may refuse a payload', () => {
  const { sink, decoder } = setup();
  sink.refusePayload = 'EXTENSION_FAILED';
  decoder.push(concat([HELLO, HELLO]));
  expect(sink.told).toEqual([HEADER, ['48656c6c6f', true], 'EXTENSION_FAILED']);
});

test('a frame of any length passes through without being held', () => {
  const { sink, decoder } = setup();
  decoder.push(bits('1 000 0010 1 1111111', hex('001fffffffffffff 00000000'), repeat(1, 9)));
  expect([sink.told[1], decoder.bufferedBytes]).toEqual([['01'.repeat(9), false], 0]);
});

test('a ruling needs the header and what this end knows, nothing else', () => {
  const header = {
    fin: true,
    rsv: 0,
    opcode: 0,
    masked: false,
    maskingKey: 0,
    payloadLength: 0,
    headerLength: 2,
  };
  const rule = (messageOpen: boolean) =>
    judgeHeader(header, { role: CLIENT, allowedRsv: 0, messageOpen });
  expect([rule(true), rule(false)]).toEqual([null, 'CONTINUATION_UNEXPECTED']);
});
