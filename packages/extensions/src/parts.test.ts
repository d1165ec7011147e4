/** Messages in parts: through sessions that know of them and those that do not, in order with others. */
import fc from 'fast-check';
import { byReturn, oddSession, settled } from '../test/passing';
import { bytes, ignore, incomingParts, outgoingParts, received, sent } from '../test/parts';
import { HoldingSession, MarkingSession, message, TurningSession, textOf } from '../test/sessions';
import type { ExtensionSession } from './extension';
import { ExtensionError } from './extension-error';
import { Pipeline } from './pipeline';

const MADE: Record<string, () => ExtensionSession> = {
  turns: () => new TurningSession(4),
  'turns, with another bit': () => new TurningSession(2),
  'turns later': () => Object.assign(new TurningSession(1), { waits: true }),
  gathers: () => new MarkingSession('!'),
  'gathers, with time': () => {
    const marking = new MarkingSession('?');
    return oddSession({
      processOutgoing: (given) => Promise.resolve(given).then((m) => marking.processOutgoing(m)),
      processIncoming: (given) => Promise.resolve(given).then((m) => marking.processIncoming(m)),
    });
  },
};

describe('through any sessions', () => {
  test('what goes out in parts comes in as it was, whole or in parts', async () => {
    const kinds = fc.uniqueArray(fc.constantFrom(...Object.keys(MADE)), { minLength: 1 });
    const texts = fc.array(fc.string({ maxLength: 5 }), { minLength: 1, maxLength: 6 });
    const ways = fc.record({ texts, out: fc.boolean(), in: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(kinds, fc.array(ways, { maxLength: 5 }), async (names, messages) => {
        const [ours, theirs] = [1, 2].map(
          () =>
            new Pipeline(
              names.map((n) => MADE[n]()),
              7,
            ),
        );
        for (const way of messages) {
          const text = way.texts.join('');
          const whole = await (way.out ? null : ours.outgoing(message(text)));
          const { rsv, frames } = whole
            ? { rsv: whole.rsv, frames: [whole.data] }
            : await sent(ours, way.texts);
          if (way.in) expect((await received(theirs, { rsv, frames })).join('')).toBe(text);
          else {
            const data = Buffer.concat(frames);
            expect(textOf(await theirs.incoming({ opcode: 1, rsv, data }, 1000))).toBe(text);
          }
        }
      }),
    );
  });

  test('all that can be had by return is', () => {
    const pipeline = new Pipeline([new TurningSession(4), new TurningSession(2)], 6);
    const parts = outgoingParts(pipeline);
    expect(parts.push(bytes('a'), false)).toEqual(bytes('g'));
    expect(parts.rsv).toBe(6);
    expect(parts.push(bytes(''), true)).toEqual(bytes(''));
    const emit = jest.fn();
    expect(incomingParts(pipeline, 6).push(bytes('g'), true, emit)).toBeUndefined();
    expect(emit).toHaveBeenCalledWith(bytes('a'));
  });

  test('a message of one part holds nobody up', () => {
    const pipeline = new Pipeline([new TurningSession()], 4);
    void outgoingParts(pipeline).push(bytes('a'), true);
    expect(byReturn(pipeline.outgoing(message('a'))).rsv).toBe(4);
    void incomingParts(pipeline, 4).push(bytes('a'), true, ignore);
    byReturn(pipeline.incoming(message('a', 4), 10));
  });

  test('where one gathers, all comes with the last part, and its bits with that', async () => {
    const pipeline = new Pipeline([new MarkingSession('!'), new TurningSession()], 4);
    const { rsv, frames } = await sent(pipeline, ['a', 'b', 'c']);
    expect({ rsv, frames }).toEqual({ rsv: 4, frames: [bytes('efg%')] });
    expect(await received(pipeline, { rsv, frames: [bytes('e'), bytes('fg%')] })).toEqual(['abc']);
  });

  test('sessions are not asked before there is something for them', () => {
    const behind = new TurningSession();
    const parts = outgoingParts(new Pipeline([new MarkingSession('!'), behind], 4));
    void parts.push(bytes('a'), false);
    expect(behind.begun).toBe(0);
    void parts.push(bytes('a'), true);
    expect(behind.begun).toBe(1);
  });
});

describe('in order with other messages', () => {
  test('the first part waits for what came before, what follows for the last one', async () => {
    const holding = new HoldingSession();
    const pipeline = new Pipeline([holding], 0);
    const order: string[] = [];
    const note = (text: string) => () => void order.push(text);
    void Promise.resolve(pipeline.outgoing(message('1'))).then(note('1'));
    const parts = outgoingParts(pipeline);
    await settled();
    const first = Promise.resolve(parts.push(bytes('2'), false)).then(note('2'));
    void Promise.resolve(pipeline.outgoing(message('3'))).then(note('3'));
    await settled();
    expect(order).toEqual([]);
    holding.held[0].release();
    await first;
    void Promise.resolve(parts.push(bytes('2'), true)).then(note('2 ends'));
    await settled();
    expect(holding.held.map(({ text }) => text)).toEqual(['1', '22']);
    holding.held[1].release();
    await settled();
    holding.held[2].release();
    await settled();
    expect(order).toEqual(['1', '2', '2 ends', '3']);
  });

  test('a message that was begun, and not pushed, holds nobody up', () => {
    const pipeline = new Pipeline([new TurningSession()], 4);
    outgoingParts(pipeline);
    byReturn(pipeline.outgoing(message('a')));
  });

  test('incoming ones, too', async () => {
    const pipeline = new Pipeline([new TurningSession()], 4);
    const order: string[] = [];
    const parts = incomingParts(pipeline, 4);
    let go = (): void => undefined;
    const emitted = new Promise<void>((resolve) => (go = resolve));
    const first = Promise.resolve(parts.push(bytes('b'), false, () => emitted));
    void first.then(() => order.push('part'));
    const whole = Promise.resolve(pipeline.incoming(message('c', 4), 10));
    void whole.then(() => order.push('whole'));
    await settled();
    expect(order).toEqual([]);
    go();
    await first;
    void parts.push(bytes('d'), true, () => void order.push('last part'));
    await whole;
    expect(order).toEqual(['part', 'last part', 'whole']);
  });

  test.each([
    ['before the one before it was done', false, 'before the one before it was done'],
    ['behind the last one', true, 'behind the last one'],
  ])('a part pushed %s throws, without effect', async (_, isLast, reason) => {
    const session = Object.assign(new TurningSession(), { waits: !isLast });
    const parts = outgoingParts(new Pipeline([session], 4));
    const first = parts.push(bytes('a'), isLast);
    expect(() => parts.push(bytes('b'), false)).toThrow(reason);
    expect(await first).toEqual(bytes('e'));
  });
});

test('what must be gathered to be sent has a limit of its own', async () => {
  const message = { opcode: 1, rsv: 0, compress: true };
  const gathers = new Pipeline([new MarkingSession('!')], 0).outgoingParts(message, 5);
  expect(await gathers.push(bytes('abc'), false)).toHaveLength(0);
  expect(() => gathers.push(bytes('abc'), false)).toThrow(
    new RangeError(
      'an extension takes whole messages only: one in parts is gathered, up to 5 bytes',
    ),
  );
  const streams = new Pipeline([new TurningSession()], 4).outgoingParts(message, 5);
  for (let i = 0; i < 9; i++) expect(await streams.push(bytes('abc'), false)).toHaveLength(3);
});

describe('what must not come in', () => {
  const limits = { maxBytes: 10, maxGathered: 10 };

  test.each([
    ['longer than allowed', new TurningSession(), 4, limits, 'message-too-big'],
    ['longer than allowed after a wait', MADE['turns later'](), 1, limits, 'message-too-big'],
    ['too long to be gathered', new MarkingSession('a'), 0, limits, 'message-too-big'],
    [
      'too long to be gathered, though parts may be longer',
      new MarkingSession('a'),
      0,
      { maxBytes: Infinity, maxGathered: 10 },
      'message-too-big',
    ],
    ['marked with a bit of nobody', new TurningSession(4), 5, limits, 'invalid-data'],
  ])('%s', async (_, session, rsv, most, failure) => {
    const pipeline = new Pipeline([session], 5);
    const parts = incomingParts(pipeline, rsv, most);
    const emitted = jest.fn();
    const pushes = async (): Promise<void> => {
      for (let i = 0; i < 10; i++) await parts.push(bytes('aaaaaaaaa'), false, emitted);
    };
    await expect(pushes()).rejects.toThrow(expect.objectContaining({ failure }) as Error);
    expect(emitted.mock.calls.length).toBeLessThanOrEqual(1);
    expect(() => pipeline.incoming(message('a'), 10)).toThrow(ExtensionError);
  });

  test('a gathered message of exactly what is allowed passes, with what it does not compress', async () => {
    const session = oddSession({ processIncoming: (m) => ({ ...m, data: m.data.slice(0, 10) }) });
    const frames = [bytes('a'.repeat(12))];
    expect(await received(new Pipeline([session], 0), { rsv: 0, frames }, limits)).toEqual([
      'a'.repeat(10),
    ]);
  });
});

describe.each(['throws', 'rejects'])('a session that %s at a part', (how) => {
  const fails = (error: unknown) => (): never | Promise<never> => {
    if (how === 'throws') throw error;
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- as an extension might
    return Promise.reject(error);
  };

  test.each([new Error('reason'), 'text', undefined])('kills its direction: %p', async (error) => {
    const session = oddSession({
      outgoingParts: () => ({ rsv: 0, push: fails(error) }),
      incomingParts: () => ({ rsv: 0, push: fails(error) }),
    });
    const pipeline = new Pipeline([session], 0);
    const out = async (): Promise<unknown> => outgoingParts(pipeline).push(bytes('a'), false);
    await expect(out()).rejects.toBe(error);
    await expect(out()).rejects.toBe(error);
    await expect((async () => pipeline.outgoing(message('a')))()).rejects.toBe(error);
    const push = async (): Promise<unknown> =>
      incomingParts(pipeline).push(bytes('a'), false, ignore);
    await expect(push()).rejects.toMatchObject({ failure: 'invalid-data', cause: error });
    await expect(push()).rejects.toThrow(ExtensionError);
  });
});

describe('close', () => {
  test.each([false, true])('rejects a part that is awaited, last: %p', async (isLast) => {
    const session = new HoldingSession();
    const never = new Promise<never>(ignore);
    const pipeline = new Pipeline(
      [oddSession({ outgoingParts: () => ({ rsv: 0, push: () => never }) }), session],
      0,
    );
    const part = outgoingParts(pipeline).push(bytes('a'), isLast);
    const emitted = incomingParts(pipeline).push(bytes('a'), true, ignore);
    const behind = pipeline.outgoing(message('b'));
    pipeline.close();
    await expect(part).rejects.toThrow('it is closed');
    await expect(emitted).rejects.toThrow('it is closed');
    await expect(behind).rejects.toThrow('it is closed');
    expect(() => outgoingParts(pipeline).push(bytes('a'), true)).toThrow('it is closed');
  });

  test('nothing is emitted any more, and nobody need handle a rejection', async () => {
    const unhandled = jest.fn();
    process.on('unhandledRejection', unhandled);
    const emit = jest.fn();
    const pipeline = new Pipeline([MADE['turns later']()], 1);
    void incomingParts(pipeline, 1).push(bytes('a'), false, emit);
    void incomingParts(pipeline, 1).push(bytes('a'), false, emit);
    void outgoingParts(pipeline).push(bytes('a'), false);
    pipeline.close();
    await settled();
    await settled();
    process.off('unhandledRejection', unhandled);
    expect(emit).not.toHaveBeenCalled();
    expect(unhandled).not.toHaveBeenCalled();
  });
});
