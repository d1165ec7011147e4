import { join } from 'node:path';
import type { AnsweringCalls } from '../test/answering';
import { bundled, type Bundled } from '../test/bundled';
import { Child, type ChildOptions } from '.';

let scripts: Bundled;
const children: Child<AnsweringCalls>[] = [];

beforeAll(async () => {
  scripts = await bundled([join(__dirname, '../test/answering.ts')]);
});

afterEach(() => Promise.all(children.splice(0).map((child) => child.stop())));
afterAll(() => scripts.remove());

function start(options?: ChildOptions): Child<AnsweringCalls> {
  const child = new Child<AnsweringCalls>('it', join(scripts.folder, 'answering.js'), options);
  children.push(child);
  return child;
}

test.each([undefined, 0, 1])('a call is answered on core %p', async (core) => {
  expect(await start(core === undefined ? {} : { core }).ask('add', 1, 2)).toBe(3);
});

test('calls are answered in order, each when the one before has ended', async () => {
  const child = start();
  const slow = child.ask('slowly', 20, 'slow');
  const quick = child.ask('slowly', 0, 'quick');
  expect(await Promise.all([slow, quick])).toEqual([['slow'], ['slow', 'quick']]);
});

test('the script sees its arguments, and the program that runs it its own', async () => {
  const program = [process.execPath, '--expose-gc'] as const;
  const child = start({ args: ['one', 'two'], program, core: 0 });
  expect(await child.ask('args')).toEqual(['--expose-gc', 'one', 'two']);
});

test('the script sees variables of the environment beside those of its parent', async () => {
  const child = start({ env: { CHILD_OF_A_TEST: 'yes' } });
  expect(await child.ask('variable', 'CHILD_OF_A_TEST')).toBe('yes');
  expect(await child.ask('variable', 'PATH')).toBe(process.env['PATH']);
});

test('what a call throws is passed on, and the next call is answered', async () => {
  const child = start();
  await expect(child.ask('fail')).rejects.toThrow('it: no such thing');
  expect(await child.ask('add', 1, 2)).toBe(3);
});

test('a call without an answer in time rejects', async () => {
  const child = start({ callTimeout: 1 });
  await expect(child.ask('never')).rejects.toThrow("it gave no answer to 'never' in 0.001 s");
});

test('an answer that comes too late is not taken for that of another call', async () => {
  const child = start();
  await child.ask('add', 0, 0);
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] });
  const late = child.ask('slowly', 100, 'late');
  const refused = expect(late).rejects.toThrow("gave no answer to 'slowly'");
  jest.advanceTimersByTime(60_000);
  jest.useRealTimers();
  await refused;
  expect(await child.ask('add', 1, 2)).toBe(3);
});

test('calls reject when the child ends, and so do later ones', async () => {
  const child = start();
  const waiting = child.ask('end');
  const behind = child.ask('add', 1, 2);
  await expect(waiting).rejects.toThrow("it ended during 'end'");
  await expect(behind).rejects.toThrow("it ended during 'add'");
  await expect(child.ask('add', 1, 2)).rejects.toThrow("it ended during 'add'");
});

test('stopping is possible at any time, and more than once', async () => {
  const child = start();
  const never = expect(child.ask('never')).rejects.toThrow("it ended during 'never'");
  await child.stop();
  await child.stop();
  await never;
});
