import { settled, Side } from '../../test/duplex-pair';
import { Owner } from '../../test/transport-owner';
import type { Transport } from './transport';

const NO_HEAD = new Uint8Array(0);

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
  beforeEach(() => transport.start(NO_HEAD));

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
    transport.start(NO_HEAD);
    near.stall();
  });

  test('is over when the stream drains; who asked for room is told after who must answer', async () => {
    owner.send('x'.repeat(2000));
    expect(transport.askForRoom(0)).toBe(true);
    await settled();
    expect(transport.congested).toBe(true);
    expect(transport.askForRoom(0)).toBe(false);
    expect(owner.told).toEqual([]);
    near.unstall();
    await settled();
    expect(owner.told).toEqual(['<writable>', '<drain>']);
    expect(transport.congested).toBe(false);
    expect(transport.askForRoom(0)).toBe(true);
  });

  test('is not announced to be over to who has not asked', async () => {
    owner.send('x'.repeat(2000));
    await settled();
    near.unstall();
    await settled();
    expect(owner.told).toEqual(['<writable>']);
  });

  test('within a tick: 64 KiB may wait, and there is room again when they have left', async () => {
    near.unstall();
    owner.send('x'.repeat(64 * 1024 - 1));
    expect(transport.askForRoom(0)).toBe(true);
    owner.send('x');
    expect(transport.askForRoom(0)).toBe(false);
    await settled();
    expect(owner.told).toContain('<drain>');
  });

  test('what a drain listener sends leaves as well', async () => {
    owner.whenDrain = () => owner.send('more');
    owner.send('x'.repeat(2000));
    await settled();
    transport.askForRoom(0);
    near.unstall();
    await settled();
    expect(writes().at(-1)).toBe('more');
  });

  test('payload counts as buffered until the stream has taken it', async () => {
    owner.send('framed:'.padEnd(2000, 'x'));
    transport.addPayload(1993);
    expect(transport.bufferedPayload).toBe(1993);
    await settled();
    expect(transport.bufferedPayload).toBe(1993);
    near.unstall();
    await settled();
    expect(transport.bufferedPayload).toBe(0);
  });
});

describe('what is received', () => {
  test('begins with the head', async () => {
    far.write('data');
    transport.start(Buffer.from('head'));
    expect(owner.told).toEqual(['head']);
    await settled();
    expect(owner.told).toEqual(['head', 'data']);
  });

  test('waits between pause and resume', async () => {
    transport.start(NO_HEAD);
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
    transport.start(NO_HEAD);
    far.end('last');
    await settled();
    expect(owner.told).toEqual(['last', '<eof>']);
    owner.send('still');
    await settled();
    expect(writes()).toEqual(['still']);
  });

  test('even on a stream that would end its own half then', async () => {
    near.allowHalfOpen = false;
    transport.start(NO_HEAD);
    far.end();
    await settled();
    expect(near.writableEnded).toBe(false);
  });

  test('this side ends behind what it has sent, and reads on', async () => {
    transport.start(NO_HEAD);
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
    transport.start(NO_HEAD);
    near.destroy(error);
    await settled();
    expect(owner.told).toEqual(['<gone>']);
    expect(owner.errors).toEqual([error]);
  });

  test('there is an error listener from the start on, to the end and after it', async () => {
    transport.start(NO_HEAD);
    expect(near.listenerCount('error')).toBe(1);
    transport.destroy();
    await settled();
    expect(near.emit('error', new Error('late'))).toBe(true);
    expect(owner.told).toEqual(['<gone>']);
  });

  test('what a stream says after it has closed is not heard', async () => {
    transport.start(NO_HEAD);
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
    transport.start(Buffer.from('head'));
    expect(owner.told).toEqual([]);
    await settled();
    expect(owner.told).toEqual(['<gone>']);
  });
});
