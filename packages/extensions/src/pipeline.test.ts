/** Messages on their way through sessions: by return where nothing waits, and always in order. */
import fc from 'fast-check';
import { all, byReturn, DIRECTIONS, oddSession, pass, settled } from '../test/passing';
import { HoldingSession, MarkingSession, message, textOf, thrownBy } from '../test/sessions';
import type { Awaitable, ExtensionMessage, ExtensionSession } from './extension';
import { ExtensionError } from './extension-error';
import { Pipeline } from './pipeline';

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
      const sent = pipeline.outgoing(message('text')) as ExtensionMessage;
      void pipeline.incoming(sent, 100);
      expect(made).not.toHaveBeenCalled();
    } finally {
      made.mockRestore();
    }
  });

  test('the only session gets the message itself, and its result is the result', () => {
    const given: ExtensionMessage[] = [];
    const result = { opcode: 2, rsv: 0, data: new Uint8Array(3) };
    const take = (one: ExtensionMessage): ExtensionMessage => (given.push(one), result);
    const pipeline = new Pipeline(
      [oddSession({ processOutgoing: take, processIncoming: take })],
      0,
    );
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
    expect((await all(results)).map(textOf)).toEqual(['1!', '2!', '3!']);
  });

  test('pass through the other sessions in order, too', async () => {
    const holding = new HoldingSession();
    const pipeline = new Pipeline([new MarkingSession('a'), holding, new MarkingSession('a')], 0);
    const result = pass(pipeline, direction, 'xaa');
    expect(holding.held[0].text).toBe(direction === 'incoming' ? 'xa' : 'xaaa');
    holding.held[0].release();
    expect(textOf(await result)).toBe(direction === 'incoming' ? 'x' : 'xaaaa');
  });

  test('once they are done, results come by return again, behind those awaited', async () => {
    const order: string[] = [];
    const holding = new HoldingSession();
    let waits = true;
    const process = (given: ExtensionMessage): Awaitable<ExtensionMessage> =>
      waits ? holding.processIncoming(given) : given;
    const pipeline = new Pipeline(
      [oddSession({ processIncoming: process, processOutgoing: process })],
      0,
    );
    const take = (text: string): void => {
      const result = pass(pipeline, direction, text);
      if ('then' in result) void result.then((done) => order.push(textOf(done)));
      else order.push(`${textOf(result)} by return`);
    };
    take('1');
    waits = false;
    holding.held[0].release();
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
    holding.held[0].fail(error);
    for (const result of results) await expect(result).rejects.toBe(error);
    expect(thrownBy(() => pass(pipeline, direction, '3'))).toBe(error);
    expect(holding.held).toHaveLength(1);
  });

  test('a message that waited may fail by being thrown at', async () => {
    const holding = new HoldingSession();
    const pipeline = new Pipeline([holding, new MarkingSession('a')], 0);
    const first = pass(pipeline, direction, '1a');
    const second = pass(pipeline, direction, '2');
    holding.held[0].release();
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
      oddSession({
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
            plan[Number(textOf(given))].waits[which]
              ? new Promise((resolve) => releases.push(() => resolve(given)))
              : given;
          return oddSession({ processIncoming: process, processOutgoing: process });
        };
        const pipeline = new Pipeline([sometimes(0), sometimes(1)], 0);
        const order: string[] = [];
        const expected = plan.map((_, index) => String(index));
        const unsent = [...expected];
        while (order.length < plan.length) {
          const choice = choices.next().value as number;
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
