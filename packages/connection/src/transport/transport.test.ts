import { settled, Side } from '../../test/duplex-pair';
import { Owner } from '../../test/transport-owner';
import type { Transport } from './transport';

let near: Side;
let far: Side;
let owner: Owner;
let transport: Transport;

beforeEach(() => {
  [near, far] = Side.pair();
  far.resume();
  owner = new Owner(near);
  ({ transport } = owner);
});

const writes = (): string[] => near.writes.map(String);

describe('what is sent', () => {
  beforeEach(() => owner.start());

  test('while a chunk is processed leaves in one write', async () => {
    owner.whenChunk = (chunk) => {
      owner.send('a');
      owner.sendSmall('b');
      owner.send(chunk);
    };
    far.write('1');
    await settled();
    far.write('2');
    await settled();
    expect(writes()).toEqual(['ab1', 'ab2']);
  });

  test('at another time leaves once per tick', async () => {
    owner.sendSmall('a');
    owner.send('b');
    expect(writes()).toEqual([]);
    await settled();
    owner.sendSmall('c');
    owner.sendSmall('d');
    await settled();
    expect(writes()).toEqual(['ab', 'cd']);
  });

  test('in a callback that asks for one write leaves in one write, at its end', () => {
    transport.inOneWrite(() => {
      owner.send('a');
      transport.inOneWrite(() => owner.send('b'));
      expect(writes()).toEqual([]);
    });
    expect(writes()).toEqual(['ab']);
  });

  test('leaves even if the callback throws', () => {
    const action = (): never => {
      owner.send('a');
      throw new Error('application');
    };
    expect(() => transport.inOneWrite(action)).toThrow('application');
    expect(writes()).toEqual(['a']);
  });

  test('stays in its memory, for a stream may keep it', async () => {
    const kept: Buffer[] = [];
    near._write = (chunk: Buffer, _encoding, done) => {
      kept.push(chunk);
      done();
    };
    for (const text of ['first', 'again']) {
      owner.sendSmall(text);
      await settled();
    }
    expect(kept.map(String)).toEqual(['first', 'again']);
  });

  test('goes nowhere once the stream is no longer writable', async () => {
    near.destroy();
    owner.send('late');
    await settled();
    expect(writes()).toEqual([]);
    expect(transport.outbox.bytes).toBe(0);
  });

  test('is dropped by destroy', async () => {
    owner.send('late');
    transport.destroy();
    await settled();
    expect(writes()).toEqual([]);
    expect(owner.told).toEqual(['<gone>']);
  });
});

describe('congestion', () => {
  beforeEach(() => {
    owner.start();
    near.stall();
  });

  test.each([2000, 5])('with %d bytes is over when the network has taken them', async (length) => {
    owner.send('x'.repeat(length));
    await settled();
    expect([transport.isCongested, transport.waitingBytes]).toEqual([true, length]);
    expect(owner.told).toEqual([]);
    near.unstall();
    await settled();
    expect(owner.told).toEqual(['<writable>']);
    expect([transport.isCongested, transport.waitingBytes]).toEqual([false, 0]);
  });

  test('what is sent meanwhile waits in the outbox, and leaves in one write', async () => {
    owner.sendSmall('first');
    await settled();
    for (const text of ['a', 'b', 'c']) {
      owner.sendSmall(text);
      owner.send(text.toUpperCase());
      await settled();
    }
    expect([writes(), near.writableLength, transport.outbox.bytes]).toEqual([['first'], 5, 6]);
    near.unstall();
    await settled();
    expect(writes()).toEqual(['first', 'aAbBcC']);
  });

  test('what is sent when it is over leaves as well', async () => {
    owner.whenWritable = () => owner.send('more');
    owner.send('x'.repeat(2000));
    await settled();
    near.unstall();
    await settled();
    expect(writes().at(-1)).toBe('more');
  });

  test('the mark changes when bytes have left, and at no other time', async () => {
    owner.send('x');
    await settled();
    const { writeMark } = transport;
    owner.send('y');
    await settled();
    expect(transport.writeMark).toBe(writeMark);
    near.unstall();
    await settled();
    expect(transport.writeMark).not.toBe(writeMark);
  });
});

test('a payload whose memory was taken away is not sent, nor is what is behind it', async () => {
  owner.start();
  const payload = new Uint8Array(100);
  owner.sendSmall('before');
  transport.outbox.appendByReference(payload, 0);
  const told: unknown[] = [];
  transport.whenWritten((error) => told.push((error as { code?: string } | null)?.code));
  structuredClone(payload.buffer, { transfer: [payload.buffer] });
  owner.sendSmall('behind');
  await settled();
  expect([writes(), owner.told]).toEqual([['before'], ['<changed>']]);
  expect(told).toEqual(['WS_ERR_PAYLOAD_CHANGED']);
});

describe('what is received', () => {
  test('begins with the head', async () => {
    far.write('data');
    owner.start(Buffer.from('head'));
    expect(owner.told).toEqual(['head']);
    await settled();
    expect(owner.told).toEqual(['head', 'data']);
  });

  test('waits between pause and resume', async () => {
    owner.start();
    transport.pause();
    far.write('data');
    await settled();
    expect(owner.told).toEqual([]);
    transport.resume();
    await settled();
    expect(owner.told).toEqual(['data']);
  });
});

describe('the ends of the stream', () => {
  test("the peer's end leaves this side's half open", async () => {
    owner.start();
    far.end('last');
    await settled();
    expect(owner.told).toEqual(['last', '<eof>']);
    owner.send('still');
    await settled();
    expect(writes()).toEqual(['still']);
  });

  test('even on a stream that would end its own half then', async () => {
    near.allowHalfOpen = false;
    owner.start();
    far.end();
    await settled();
    expect(near.writableEnded).toBe(false);
  });

  test('this side ends behind what it has sent, and reads on', async () => {
    owner.start();
    transport.pause();
    owner.send('last');
    transport.end();
    transport.end();
    await settled();
    expect(writes()).toEqual(['last']);
    expect(far.readableEnded).toBe(true);
    far.write('data');
    await settled();
    expect(owner.told).toEqual(['data']);
    far.end();
    await settled();
    expect(owner.told).toEqual(['data', '<eof>', '<gone>']);
    expect(owner.errors).toEqual([null]);
  });

  test('an error of the stream is told when the stream is gone', async () => {
    const error = new Error('reset');
    owner.start();
    near.destroy(error);
    await settled();
    expect(owner.told).toEqual(['<gone>']);
    expect(owner.errors).toEqual([error]);
  });

  test('there is an error listener from the start on, to the end and after it', async () => {
    owner.start();
    expect(near.listenerCount('error')).toBe(1);
    transport.destroy();
    await settled();
    expect(near.emit('error', new Error('late'))).toBe(true);
    expect(owner.told).toEqual(['<gone>']);
  });

  test('what a stream says after it has closed is not heard', async () => {
    owner.start();
    near.destroy();
    await settled();
    near.emit('data', Buffer.from('late'));
    near.emit('end');
    near.emit('close');
    expect(owner.told).toEqual(['<gone>']);
  });

  test.each([
    ['in the same tick', () => Promise.resolve()],
    ['long before', settled],
  ])('a stream that was destroyed %s is gone, once', async (_, pass) => {
    near.destroy();
    await pass();
    owner.start(Buffer.from('head'));
    expect(owner.told).toEqual([]);
    await settled();
    expect(owner.told).toEqual(['<gone>']);
  });
});
