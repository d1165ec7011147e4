import { getEventListeners } from 'node:events';
import { uncaughtFrom } from '../../test/listening';
import { isAbortSignal, waitingActions, whenAborted } from './abort-listeners';

let controller: AbortController;
let calls: string[];

beforeEach(() => {
  controller = new AbortController();
  calls = [];
});

const caller = (name: string) => (): void => void calls.push(name);
const listenersOf = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;

test('however many wait, the signal has one listener; none when none is left', () => {
  const { signal } = controller;
  const forget = Array.from({ length: 100 }, (_, index) => whenAborted(signal, caller(`${index}`)));
  expect([listenersOf(signal), waitingActions(signal)]).toEqual([1, 100]);
  for (const one of forget.slice(1)) one();
  expect([listenersOf(signal), waitingActions(signal)]).toEqual([1, 1]);
  forget[0]();
  expect([listenersOf(signal), waitingActions(signal)]).toEqual([0, 0]);
  controller.abort();
  expect(calls).toEqual([]);
});

test('they are called in their order, each once; then none is left', () => {
  const { signal } = controller;
  const same = caller('same');
  for (const action of [caller('1'), same, same, caller('2')]) whenAborted(signal, action);
  controller.abort();
  expect(calls).toEqual(['1', 'same', 'same', '2']);
  expect([listenersOf(signal), waitingActions(signal)]).toEqual([0, 0]);
});

test('one that is forgotten by another is not called', () => {
  const { signal } = controller;
  whenAborted(signal, () => forget());
  const forget = whenAborted(signal, caller('forgotten'));
  whenAborted(signal, caller('last'));
  controller.abort();
  expect(calls).toEqual(['last']);
});

test('forgetting twice forgets one', () => {
  const { signal } = controller;
  const action = caller('1');
  const forget = whenAborted(signal, action);
  whenAborted(signal, action);
  forget();
  forget();
  controller.abort();
  expect(calls).toEqual(['1']);
});

test('a signal that has aborted calls at once', () => {
  whenAborted(AbortSignal.abort(), caller('1'))();
  expect(calls).toEqual(['1']);
});

test('what an action throws is reported; the others are called all the same', async () => {
  const error = new Error('thrown');
  whenAborted(controller.signal, () => {
    throw error;
  });
  whenAborted(controller.signal, caller('last'));
  expect(await uncaughtFrom(() => controller.abort())).toEqual([error]);
  expect(calls).toEqual(['last']);
});

test('signals do not share', () => {
  const other = new AbortController();
  whenAborted(controller.signal, caller('1'));
  whenAborted(other.signal, caller('2'));
  other.abort();
  expect(calls).toEqual(['2']);
});

test.each([
  [new AbortController().signal, true],
  [{ aborted: false, addEventListener: () => undefined }, true],
  [new EventTarget(), false],
  [{ aborted: true }, false],
  ['signal', false],
  [null, false],
  [undefined, false],
])('%p: whether it is a signal', (value, expected) => {
  expect(isAbortSignal(value)).toBe(expected);
});
