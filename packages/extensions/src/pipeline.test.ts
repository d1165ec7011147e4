/** Messages on their way through sessions: order, limits, failures, and the end. */
import fc from 'fast-check';
import { HoldingSession, MarkingSession, message, textOf, thrownBy } from '../test/sessions';
import type { Awaitable, ExtensionMessage, ExtensionSession } from './extension';
import { ExtensionError } from './extension-error';
import { Pipeline } from './pipeline';

/** Lets everything happen that waits for promises only. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function byReturn(result: Awaitable<ExtensionMessage>): ExtensionMessage {
  expect(result).not.toHaveProperty('then');
  return result as ExtensionMessage;
}

/** The one test double for sessions that do one odd thing. */
function session(overrides: Partial<ExtensionSession>): ExtensionSession {
  return {
    processOutgoing: (given) => given,
    processIncoming: (given) => given,
    close() {},
    ...overrides,
  };
}

type Direction = 'incoming' | 'outgoing';
const DIRECTIONS: Direction[] = ['incoming', 'outgoing'];

function pass(pipeline: Pipeline, direction: Direction, text: string): Awaitable<ExtensionMessage> {
  return direction === 'incoming'
    ? pipeline.incoming(message(text), Infinity)
    : pipeline.outgoing(message(text));
}

describe('by return', () => {
  test('what goes out passes through the sessions in order, what comes in in reverse', () => {
    const pipeline = new Pipeline(
      ['a', 'b', 'c'].map((mark) => new MarkingSession(mark)),
      0,
    );
    const sent = byReturn(pipeline.outgoing(message('text')));
    expect(textOf(sent)).toBe('textabc');
    expect(textOf(byReturn(pipeline.incoming(sent, 100)))).toBe('text');
  });

  test('no promise is made', () => {
    const made = jest.spyOn(globalThis, 'Promise');
    try {
      const pipeline = new Pipeline([new MarkingSession('a'), new MarkingSession('b')], 0);
      pipeline.incoming(pipeline.outgoing(message('text')) as ExtensionMessage, 100);
      expect(made).not.toHaveBeenCalled();
    } finally {
      made.mockRestore();
    }
  });

  test('the only session gets the message itself, and its result is the result', () => {
    const given: ExtensionMessage[] = [];
    const result = { opcode: 2, rsv: 0, data: new Uint8Array(3) };
    const take = (one: ExtensionMessage): ExtensionMessage => (given.push(one), result);
    const pipeline = new Pipeline([session({ processOutgoing: take, processIncoming: take })], 0);
    const sent = message('text');
    expect(pipeline.outgoing(sent)).toBe(result);
    expect(pipeline.incoming(sent, 3)).toBe(result);
    expect(given[0]).toBe(sent);
    expect(given[1]).toBe(sent);
  });

  test.each([true, false])('all sessions are told that compress is %s', (compress) => {
    const sessions = [new MarkingSession('a'), new MarkingSession('b'), new MarkingSession('c')];
    void new Pipeline(sessions, 0).outgoing({ ...message('text'), compress });
    expect(sessions.map((each) => each.compress)).toEqual([[compress], [compress], [compress]]);
  });
});

test('rsv is what it was made with', () => {
  expect(new Pipeline([new MarkingSession('a')], 5).rsv).toBe(5);
});

describe.each(DIRECTIONS)('%s messages that have to wait', (direction) => {
  test('a session gets one at a time, and the results come in order', async () => {
    const holding = new HoldingSession();
    const pipeline = new Pipeline([holding], 0);
    const results = ['1', '2', '3'].map((text) => pass(pipeline, direction, text));
    for (const text of ['1', '2', '3']) {
      await settled();
      expect(holding.held.map((each) => each.text).at(-1)).toBe(text);
      holding.held.at(-1)!.release(`${text}!`);
    }
    expect((await Promise.all(results)).map(textOf)).toEqual(['1!', '2!', '3!']);
  });

  test('pass through the other sessions in order, too', async () => {
    const holding = new HoldingSession();
    const pipeline = new Pipeline([new MarkingSession('a'), holding, new MarkingSession('a')], 0);
    const result = pass(pipeline, direction, 'xaa');
    expect(holding.held[0]!.text).toBe(direction === 'incoming' ? 'xa' : 'xaaa');
    holding.held[0]!.release();
    expect(textOf(await result)).toBe(direction === 'incoming' ? 'x' : 'xaaaa');
  });

  test('once they are done, results come by return again, behind those awaited', async () => {
    const order: string[] = [];
    const holding = new HoldingSession();
    let waits = true;
    const process = (given: ExtensionMessage): Awaitable<ExtensionMessage> =>
      waits ? holding.processIncoming(given) : given;
    const pipeline = new Pipeline(
      [session({ processIncoming: process, processOutgoing: process })],
      0,
    );
    const take = (text: string): void => {
      const result = pass(pipeline, direction, text);
      if ('then' in result) void result.then((done) => order.push(textOf(done)));
      else order.push(`${textOf(result)} by return`);
    };
    take('1');
    waits = false;
    holding.held[0]!.release();
    // At no moment can a message overtake another.
    for (let turn = 2; turn < 12; turn++) {
      await Promise.resolve();
      take(String(turn));
    }
    await settled();
    take('12');
    expect(order.map((text) => parseInt(text))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(order.at(-1)).toBe('12 by return');
  });

  test('a message behind one that fails fails with it, and so does every later one', async () => {
    const holding = new HoldingSession();
    const pipeline = new Pipeline([holding], 0);
    const error = new ExtensionError('invalid-data', 'no');
    const results = [pass(pipeline, direction, '1'), pass(pipeline, direction, '2')];
    holding.held[0]!.fail(error);
    const reasons = await Promise.allSettled(results);
    expect(reasons).toEqual([
      { status: 'rejected', reason: error },
      { status: 'rejected', reason: error },
    ]);
    expect(thrownBy(() => pass(pipeline, direction, '3'))).toBe(error);
    expect(holding.held).toHaveLength(1);
  });

  test('a message that waited may fail by being thrown at', async () => {
    const holding = new HoldingSession();
    const pipeline = new Pipeline([holding, new MarkingSession('a')], 0);
    const first = pass(pipeline, direction, '1a');
    const second = pass(pipeline, direction, '2');
    holding.held[0]!.release();
    await first;
    if (direction === 'incoming') await expect(second).rejects.toThrow('2 lacks a');
    else {
      holding.processOutgoing = () => {
        throw new Error('2 lacks a');
      };
      await expect(second).rejects.toThrow('2 lacks a');
    }
  });
});

test('one direction neither waits for the other nor fails with it', () => {
  const holding = new HoldingSession();
  const error = new Error('no');
  const pipeline = new Pipeline(
    [
      session({
        processIncoming: (given) => holding.processIncoming(given),
        processOutgoing: (given) => {
          if (textOf(given) === 'bad') throw error;
          return given;
        },
      }),
    ],
    0,
  );
  expect(pipeline.incoming(message('1'), 100)).toBeInstanceOf(Promise);
  byReturn(pipeline.outgoing(message('good')));
  expect(thrownBy(() => pipeline.outgoing(message('bad')))).toBe(error);
  expect(pipeline.incoming(message('2'), 100)).toBeInstanceOf(Promise);
});

test('results come in the order of the calls, whoever waits for whatever', async () => {
  const plans = fc.array(fc.record({ waits: fc.tuple(fc.boolean(), fc.boolean()) }), {
    minLength: 1,
    maxLength: 12,
  });
  await fc.assert(
    fc.asyncProperty(
      plans,
      fc.constantFrom(...DIRECTIONS),
      fc.infiniteStream(fc.integer({ min: 0, max: 3 })),
      async (plan, direction, choices) => {
        const releases: (() => void)[] = [];
        const sometimes = (which: number): ExtensionSession => {
          const process = (given: ExtensionMessage): Awaitable<ExtensionMessage> =>
            plan[Number(textOf(given))]!.waits[which]
              ? new Promise((resolve) => releases.push(() => resolve(given)))
              : given;
          return session({ processIncoming: process, processOutgoing: process });
        };
        const pipeline = new Pipeline([sometimes(0), sometimes(1)], 0);
        const order: string[] = [];
        const expected = plan.map((_, index) => String(index));
        const unsent = [...expected];
        while (order.length < plan.length) {
          const choice = choices.next().value;
          const text = choice < 2 ? unsent.shift() : undefined;
          if (text !== undefined) {
            const result = pass(pipeline, direction, text);
            if ('then' in result) void result.then((done) => order.push(textOf(done)));
            else order.push(textOf(result));
          } else if (choice === 2) await Promise.resolve();
          else {
            expect(releases.length).toBeLessThanOrEqual(1);
            releases.pop()?.();
          }
        }
        expect(order).toEqual(expected);
      },
    ),
    { numRuns: 300 },
  );
});

describe('what incoming messages must not become', () => {
  const becomes = (given: Partial<ExtensionMessage>): ExtensionSession =>
    session({ processIncoming: (original) => ({ ...original, ...given }) });
  const later = (given: Partial<ExtensionMessage>): ExtensionSession =>
    session({ processIncoming: (original) => Promise.resolve({ ...original, ...given }) });

  test.each([
    ['by return', becomes],
    ['after a wait', later],
  ])('longer than allowed, %s', async (_, through) => {
    const pipeline = new Pipeline([through({ data: new Uint8Array(11) })], 0);
    const run = async (): Promise<unknown> => pipeline.incoming(message(''), 10);
    await expect(run()).rejects.toThrow(
      expect.objectContaining({ name: 'ExtensionError', failure: 'message-too-big' }) as Error,
    );
    const exact = new Pipeline([through({ data: new Uint8Array(10) })], 0);
    expect(await exact.incoming(message(''), 10)).toHaveProperty('data.length', 10);
  });

  test('longer than allowed between two sessions', () => {
    const first = session({ processIncoming: jest.fn() });
    const pipeline = new Pipeline([first, becomes({ data: new Uint8Array(11) })], 0);
    expect(() => pipeline.incoming(message(''), 10)).toThrow('longer than 10 bytes');
    expect(first.processIncoming).not.toHaveBeenCalled();
  });

  test.each([
    ['by return', becomes],
    ['after a wait', later],
  ])('marked with an RSV bit, %s', async (_, through) => {
    const pipeline = new Pipeline([through({ rsv: 2 })], 4);
    const run = async (): Promise<unknown> => pipeline.incoming(message(''), 10);
    await expect(run()).rejects.toThrow(
      expect.objectContaining({ name: 'ExtensionError', failure: 'invalid-data' }) as Error,
    );
  });

  test('an RSV bit may stay for an earlier session', () => {
    const pipeline = new Pipeline([becomes({ rsv: 0 }), becomes({ rsv: 2 })], 6);
    byReturn(pipeline.incoming(message('', 6), 10));
  });
});

describe('what sessions throw', () => {
  test.each([new Error('reason'), 'text', undefined, Object.create(null)])(
    'becomes the cause of an ExtensionError on the way in: %p',
    (cause: unknown) => {
      const processIncoming = (): never => {
        throw cause;
      };
      const pipeline = new Pipeline([session({ processIncoming })], 0);
      const error = thrownBy(() => pipeline.incoming(message(''), 10));
      expect(error).toBeInstanceOf(ExtensionError);
      expect(error).toHaveProperty('failure', 'invalid-data');
      expect((error as ExtensionError).cause).toBe(cause);
      expect(thrownBy(() => pipeline.incoming(message(''), 10))).toBe(error);
    },
  );

  test('says why, where it is an error', () => {
    const processIncoming = (): never => {
      throw new Error('reason');
    };
    const pipeline = new Pipeline([session({ processIncoming })], 0);
    expect(() => pipeline.incoming(message(''), 10)).toThrow(
      'an extension refuses the message: reason',
    );
  });

  test.each([new ExtensionError('message-too-big', 'reason')])('an %p stays itself', (error) => {
    const processIncoming = (): Promise<never> => Promise.reject(error);
    const pipeline = new Pipeline([session({ processIncoming })], 0);
    return expect(pipeline.incoming(message(''), 10)).rejects.toBe(error);
  });

  test.each([new Error('reason'), 'text', undefined])(
    'stays itself on the way out: %p',
    (thrown) => {
      const processOutgoing = (): never => {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- as an extension might
        throw thrown;
      };
      const pipeline = new Pipeline([session({ processOutgoing })], 0);
      expect(thrownBy(() => pipeline.outgoing(message('')))).toBe(thrown);
      expect(thrownBy(() => pipeline.outgoing(message('')))).toBe(thrown);
    },
  );
});

describe('close', () => {
  test('ends every session, once, even if one throws', () => {
    const sessions = [new MarkingSession('a'), new MarkingSession('b')];
    const close = (): never => {
      throw new Error('will not');
    };
    const pipeline = new Pipeline([session({ close }), ...sessions], 0);
    pipeline.close();
    pipeline.close();
    expect(sessions.map(({ closes }) => closes)).toEqual([1, 1]);
  });

  test.each(DIRECTIONS)(
    '%s messages that are awaited reject, later ones throw',
    async (direction) => {
      const holding = new HoldingSession();
      const behind = session({ processIncoming: jest.fn(), processOutgoing: jest.fn() });
      const order = direction === 'incoming' ? [behind, holding] : [holding, behind];
      const pipeline = new Pipeline(order, 0);
      const results = [pass(pipeline, direction, '1'), pass(pipeline, direction, '2')];
      pipeline.close();
      for (const result of results) await expect(result).rejects.toThrow('it is closed');
      expect(() => pass(pipeline, direction, '3')).toThrow('it is closed');
      holding.held[0]!.release();
      await settled();
      expect(holding.held).toHaveLength(1);
      expect(behind.processIncoming).not.toHaveBeenCalled();
      expect(behind.processOutgoing).not.toHaveBeenCalled();
    },
  );

  test.each(DIRECTIONS)('nobody need await %s messages', async (direction) => {
    const unhandled = jest.fn();
    process.on('unhandledRejection', unhandled);
    const holding = new HoldingSession();
    const pipeline = new Pipeline([holding], 0);
    void pass(pipeline, direction, '1');
    void pass(pipeline, direction, '2');
    pipeline.close();
    await settled();
    holding.held[0]!.fail(new Error('too late'));
    await settled();
    await settled();
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  test('of a failed pipeline changes nothing of its failure', () => {
    const pipeline = new Pipeline([new MarkingSession('a')], 0);
    const error = thrownBy(() => pipeline.incoming(message('b'), 10));
    pipeline.close();
    expect(thrownBy(() => pipeline.incoming(message('ba'), 10))).toBe(error);
  });
});
