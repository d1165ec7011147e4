import { uncaughtFrom } from '../../test/listening';
import { WrittenCallbacks, type SendCallback } from './written-callbacks';

let told: string[];
let callbacks: WrittenCallbacks;

function teller(name: string): SendCallback {
  return (error) => told.push(`${name}: ${error?.message ?? 'written'}`);
}

beforeEach(() => {
  told = [];
  callbacks = new WrittenCallbacks();
});

test('a write that nobody asked about needs no callback', () => {
  expect(callbacks.follow()).toBeUndefined();
  expect(callbacks.isEmpty).toBe(true);
});

test('all that waits belongs to the next write, and is told in order', () => {
  callbacks.add(teller('one'));
  callbacks.add(teller('two'));
  const written = callbacks.follow();
  callbacks.add(teller('three'));
  expect(callbacks.isEmpty).toBe(false);
  written?.();
  expect(told).toEqual(['one: written', 'two: written']);
  callbacks.follow()?.(new Error('reset'));
  expect(told).toEqual(['one: written', 'two: written', 'three: reset']);
  expect(callbacks.isEmpty).toBe(true);
});

test('what fails is told once, though the stream calls back later', () => {
  callbacks.add(teller('in flight'));
  const written = callbacks.follow();
  callbacks.add(teller('waiting'));
  callbacks.fail(new Error('gone'));
  written?.(null);
  callbacks.fail(new Error('gone again'));
  expect(told).toEqual(['in flight: gone', 'waiting: gone']);
});

test('a callback that throws keeps no other from being called', async () => {
  const error = new Error('application');
  callbacks.add(() => {
    throw error;
  });
  callbacks.add(teller('next'));
  expect(await uncaughtFrom(() => callbacks.follow()?.())).toEqual([error]);
  expect(told).toEqual(['next: written']);
});
