import { CLIENT, encodeFragments, encodeFrame, MessageDecoder, OPCODE, SERVER } from '.';
import { ByteQueue } from './byte-queue';
import * as runtime from './runtime';
import { bits, concat, hex, repeat } from '../test/bits';
import { RecordingSink } from '../test/recording-sink';

// A copy, whose functions can be watched.
jest.mock('./runtime', () => ({
  ...jest.requireActual<typeof runtime>('./runtime'),
  __esModule: true,
}));

const PING = bits('1 000 1001 0 0000000');
const MiB = 2 ** 20;

function pings(count: number): Uint8Array {
  return concat(Array.from({ length: count }, () => PING));
}

function setup(options = {}) {
  const sink = new RecordingSink();
  return { sink, decoder: new MessageDecoder(CLIENT, sink, options) };
}

describe('UTF-8 fails as soon as the bad byte is here', () => {
  const good = hex('cebae1bdb9cf83cebcceb5');
  const start = bits('1 000 0001 0 0010101');
  test.each([
    ['in one frame', [concat([start, good]), hex('f4908080')]],
    ['in one frame, the one bad byte', [concat([start, good, hex('f4')]), hex('90')]],
    [
      'between frames',
      [bits('0 000 0001 0 0001011', good), bits('0 000 0000 0 0000010 11110100 10010000')],
    ],
    [
      'far behind good text',
      [
        bits('1 000 0001 0 1111110 00000010 00000000', repeat(97, 300)),
        concat([repeat(97, 99), hex('80')]),
      ],
    ],
  ])('%s', (_name, [before, bad]) => {
    const { sink, decoder } = setup();
    decoder.push(before);
    expect(sink.told).toEqual([]);
    decoder.push(bad);
    expect(sink.told).toEqual([['violation', 'INVALID_UTF8']]);
  });

  test.each([8, 16])('as the last byte of %d MiB', (size) => {
    const payload = repeat(97, size * MiB);
    payload[payload.length - 1] = 0xff;
    const { sink, decoder } = setup();
    for (const frame of encodeFragments(SERVER, { opcode: 1, payload }, 65536)) decoder.push(frame);
    expect(sink.told).toEqual([['violation', 'INVALID_UTF8']]);
  });

  test('and a text that ends inside a character fails at its end', () => {
    const { sink, decoder } = setup();
    decoder.push(bits('0 000 0001 0 0000001', hex('c3')));
    decoder.push(bits('1 000 0000 0 0000000'));
    expect(sink.told).toEqual([['violation', 'INVALID_UTF8']]);
    expect(decoder.bufferedBytes).toBe(0);
  });
});

test('text longer than the host can hold is too big', () => {
  const { sink, decoder } = setup();
  const slice = jest.spyOn(runtime, 'utf8Slice').mockImplementation(() => {
    throw new RangeError('string too long');
  });
  decoder.push(bits('1 000 0001 0 0000001', 'a'));
  slice.mockRestore();
  expect(sink.told).toEqual([['violation', 'MESSAGE_TOO_BIG']]);
});

describe('pausing', () => {
  test('inside a callback: nothing follows until resume', () => {
    const { sink, decoder } = setup();
    sink.onPing = () => {
      sink.told.push(['ping', '']);
      decoder.pause();
    };
    decoder.push(pings(3));
    expect(sink.told).toHaveLength(1);
    expect([decoder.paused, decoder.bufferedBytes]).toEqual([true, 4]);
    decoder.push(PING.slice());
    expect([sink.told.length, decoder.bufferedBytes]).toEqual([1, 6]);
    for (let told = 2; told <= 4; told++) {
      decoder.resume();
      expect(sink.told).toHaveLength(told);
    }
    expect(decoder.bufferedBytes).toBe(0);
  });

  test('and resuming inside the same callback goes on, without recursion', () => {
    const { sink, decoder } = setup();
    let depth = 0;
    let deepest = 0;
    let count = 0;
    sink.onPing = () => {
      deepest = Math.max(deepest, ++depth);
      count++;
      decoder.pause();
      decoder.resume();
      depth--;
    };
    decoder.push(pings(1000));
    expect([count, deepest]).toEqual([1000, 1]);
  });

  test('at every frame of a large chunk copies the rest a few times only', () => {
    const { sink, decoder } = setup();
    const allocate = jest.spyOn(runtime, 'allocateApart');
    sink.onPing = () => decoder.pause();
    decoder.push(pings(30_000));
    while (decoder.paused) decoder.resume();
    const copied = allocate.mock.calls.reduce((sum, [length]) => sum + length, 0);
    allocate.mockRestore();
    expect(copied).toBeLessThan(60_000);
    expect(decoder.bufferedBytes).toBe(0);
  });

  test('what is pushed inside a callback comes after what is here', () => {
    const { sink, decoder } = setup();
    sink.onText = (text) => {
      sink.told.push(['text', text]);
      if (text === 'a') decoder.push(bits('1 000 0001 0 0000001', 'c'));
    };
    decoder.push(concat([bits('1 000 0001 0 0000001', 'a'), bits('1 000 0001 0 0000001', 'b')]));
    expect(sink.told).toEqual([
      ['text', 'a'],
      ['text', 'b'],
      ['text', 'c'],
    ]);
  });
});

test.each(['a', 'ab'])('a sink that throws on %p loses only that', (text) => {
  const { sink, decoder } = setup();
  sink.onText = () => {
    throw new Error('mine');
  };
  const message = encodeFragments(SERVER, { opcode: OPCODE.TEXT, payload: text }, 1);
  expect(() => decoder.push(concat([...message, PING]))).toThrow('mine');
  decoder.push(PING.slice());
  expect(sink.told).toEqual([
    ['ping', ''],
    ['ping', ''],
  ]);
});

describe('floods', () => {
  test('500,000 two-byte frames in one chunk', () => {
    const { sink, decoder } = setup();
    let count = 0;
    sink.onPong = () => {
      count++;
    };
    const flood = new Uint8Array(1_000_000).map((_, i) => (i % 2 === 0 ? 0x8a : 0));
    decoder.push(flood);
    expect(count).toBe(500_000);
  });

  test('a million empty fragments hold nothing', () => {
    const { sink, decoder } = setup();
    decoder.push(bits('00000010 00000000'));
    decoder.push(new Uint8Array(2_000_000));
    expect([sink.told, decoder.bufferedBytes]).toEqual([[], 0]);
    decoder.push(new Uint8Array(200_000));
    expect(sink.told).toEqual([['violation', 'TOO_MANY_FRAGMENTS']]);
  });

  test('4 MiB in frames of 64 bytes pass', () => {
    const { sink, decoder } = setup();
    let length = 0;
    sink.onBinary = (data) => void (length = data.length);
    const payload = repeat(1, 4 * MiB);
    for (const frame of encodeFragments(SERVER, { opcode: OPCODE.BINARY, payload }, 64))
      decoder.push(frame);
    expect(length).toBe(4 * MiB);
  });

  test('a header that announces the limit takes no memory', () => {
    const allocate = jest.spyOn(runtime, 'allocate');
    const allocateApart = jest.spyOn(runtime, 'allocateApart');
    const { sink, decoder } = setup();
    decoder.push(bits('1 000 0010 0 1111111', hex('0000000003ffffff')));
    expect([sink.told, decoder.bufferedBytes]).toEqual([[], 0]);
    expect([...allocate.mock.calls, ...allocateApart.mock.calls]).toEqual([]);
    decoder.push(repeat(0, 10));
    expect(decoder.bufferedBytes).toBe(10);
    allocate.mockRestore();
    allocateApart.mockRestore();
  });

  test('1 MB in chunks of one byte', () => {
    const { sink, decoder } = setup();
    let length = 0;
    sink.onBinary = (data) => void (length = data.length);
    const wire = encodeFrame(SERVER, { opcode: OPCODE.BINARY, payload: repeat(1, 1_000_000) });
    for (let i = 0; i < wire.length; i++) decoder.push(wire.subarray(i, i + 1));
    expect(length).toBe(1_000_000);
  });
});

test.each([1, 3, 100, 5000, 20_000, 65_536])(
  'pieces of %d bytes hold under twice themselves',
  (size) => {
    const queue = new ByteQueue();
    const expected: number[] = [];
    for (let i = 0; i * size < 400_000; i++) {
      const piece = repeat(i, size * 2).subarray(size);
      queue.append(piece, 0, size);
      if (size > 1000) expected.push(i & 0xff);
      if (i % 50 === 0) expect(queue.capacity).toBeLessThanOrEqual(queue.length * 2 + 64);
    }
    const { length } = queue;
    const whole = queue.take();
    expect([whole.length, queue.length]).toEqual([length, 0]);
    expected.forEach((byte, i) =>
      expect([whole[i * size], whole[(i + 1) * size - 1]]).toEqual([byte, byte]),
    );
  },
);

describe('binary is the receiver’s to keep', () => {
  test.each([
    [200, 0, false],
    [60_000, 0, true],
    [60_000, 1, false],
  ])('%d bytes of a chunk, %d behind them: a view of it is %p', (size, behind, isView) => {
    const { sink, decoder } = setup();
    const got: Uint8Array[] = [];
    sink.onBinary = (data) => void got.push(data);
    const chunk = concat([
      bits('1 000 0010 0 1111110', Uint8Array.of(size >>> 8, size), repeat(5, size)),
      repeat(0x8a, behind),
    ]);
    decoder.push(chunk);
    expect(got[0]).toEqual(Buffer.from(repeat(5, size)));
    expect(got[0].buffer === chunk.buffer).toBe(isView);
  });
});

test.each([
  { maxLength: -1 },
  { maxLength: 1.5 },
  { maxLength: NaN },
  { maxFragments: 0 },
  { allowedRsv: 8 },
  { allowedRsv: -1 },
  { allowedRsv: 0.5 },
])('%j is refused at the door', (options) => {
  expect(() => setup(options)).toThrow(RangeError);
});

test('no limit is a limit too', () => {
  const { sink, decoder } = setup({ maxLength: Infinity, maxFragments: Infinity });
  decoder.push(bits('1 000 0010 0 1111111', hex('001fffffffffffff')));
  expect(sink.told).toEqual([]);
});
