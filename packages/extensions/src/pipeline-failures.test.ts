/** What fails a direction of a pipeline, and what becomes of its messages; the same for its end. */
import { runInNewContext } from 'node:vm';
import { byReturn, DIRECTIONS, oddSession, pass, settled } from '../test/passing';
import { HoldingSession, MarkingSession, message, thrownBy } from '../test/sessions';
import type { ExtensionMessage, ExtensionSession } from './extension';
import { ExtensionError } from './extension-error';
import { Pipeline } from './pipeline';

describe('what incoming messages must not become', () => {
  const becomes = (given: Partial<ExtensionMessage>): ExtensionSession =>
    oddSession({ processIncoming: (original) => ({ ...original, ...given }) });
  const later = (given: Partial<ExtensionMessage>): ExtensionSession =>
    oddSession({ processIncoming: (original) => Promise.resolve({ ...original, ...given }) });

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
    const processIncoming = jest.fn();
    const pipeline = new Pipeline(
      [oddSession({ processIncoming }), becomes({ data: new Uint8Array(11) })],
      0,
    );
    expect(() => pipeline.incoming(message(''), 10)).toThrow('longer than 10 bytes');
    expect(processIncoming).not.toHaveBeenCalled();
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
      const pipeline = new Pipeline([oddSession({ processIncoming })], 0);
      const error = thrownBy(() => pipeline.incoming(message(''), 10));
      expect(error).toBeInstanceOf(ExtensionError);
      expect(error).toHaveProperty('failure', 'invalid-data');
      expect((error as ExtensionError).cause).toBe(cause);
      expect(thrownBy(() => pipeline.incoming(message(''), 10))).toBe(error);
    },
  );

  test.each([
    ['an error', new Error('reason')],
    ['an error of another realm', runInNewContext('new Error("reason")') as unknown],
  ])('says why, where it is %s', (_, thrown) => {
    const processIncoming = (): never => {
      throw thrown;
    };
    const pipeline = new Pipeline([oddSession({ processIncoming })], 0);
    expect(() => pipeline.incoming(message(''), 10)).toThrow(
      'an extension refuses the message: reason',
    );
  });

  test.each([new ExtensionError('message-too-big', 'reason')])('an %p stays itself', (error) => {
    const processIncoming = (): Promise<never> => Promise.reject(error);
    const pipeline = new Pipeline([oddSession({ processIncoming })], 0);
    return expect(pipeline.incoming(message(''), 10)).rejects.toBe(error);
  });

  test.each([new Error('reason'), 'text', undefined])(
    'stays itself on the way out: %p',
    (thrown) => {
      const processOutgoing = (): never => {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- as an extension might
        throw thrown;
      };
      const pipeline = new Pipeline([oddSession({ processOutgoing })], 0);
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
    const pipeline = new Pipeline([oddSession({ close }), ...sessions], 0);
    pipeline.close();
    pipeline.close();
    expect(sessions.map(({ closes }) => closes)).toEqual([1, 1]);
  });

  test.each(DIRECTIONS)(
    '%s messages that are awaited reject, later ones throw',
    async (direction) => {
      const holding = new HoldingSession();
      const asked = jest.fn();
      const behind = oddSession({ processIncoming: asked, processOutgoing: asked });
      const order = direction === 'incoming' ? [behind, holding] : [holding, behind];
      const pipeline = new Pipeline(order, 0);
      const results = [pass(pipeline, direction, '1'), pass(pipeline, direction, '2')];
      pipeline.close();
      for (const result of results) await expect(result).rejects.toThrow('it is closed');
      expect(() => pass(pipeline, direction, '3')).toThrow('it is closed');
      holding.held[0].release();
      await settled();
      expect(holding.held).toHaveLength(1);
      expect(asked).not.toHaveBeenCalled();
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
    holding.held[0].fail(new Error('too late'));
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
