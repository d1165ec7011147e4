import { PassThrough } from 'node:stream';
import { outcomeOf } from './outcome';
import type { Settle } from './outcome';

/** Something in flight, and how to settle it. */
function inFlight(signal: AbortSignal): {
  thing: PassThrough;
  settle: Settle<string>;
  outcome: Promise<string>;
} {
  const thing = new PassThrough();
  let settle: Settle<string> | undefined;
  const outcome = outcomeOf<string>(thing, signal, (given) => (settle = given));
  return { thing, settle: settle!, outcome };
}

test('a good outcome leaves the thing alone, whatever comes later', async () => {
  const controller = new AbortController();
  const { thing, settle, outcome } = inFlight(controller.signal);
  settle.resolve('good');
  controller.abort();
  expect(await outcome).toBe('good');
  expect(thing.destroyed).toBe(false);
});

test('a bad outcome destroys it', async () => {
  const { thing, settle, outcome } = inFlight(new AbortController().signal);
  settle.reject(new Error('bad'));
  await expect(outcome).rejects.toThrow('bad');
  expect(thing.destroyed).toBe(true);
});

test.each([
  ['before', true],
  ['while waiting', false],
])('an abort %s destroys it, for the reason of the signal', async (_, before) => {
  const controller = new AbortController();
  const reason = new Error('enough');
  if (before) controller.abort(reason);
  const { thing, settle, outcome } = inFlight(controller.signal);
  controller.abort(reason);
  settle.resolve('too late');
  await expect(outcome).rejects.toBe(reason);
  expect(thing.destroyed).toBe(true);
});
