import fc from 'fast-check';
import { Fifo } from './fifo';

/** What can be done to a queue, each with the same done to an array. */
const OPERATIONS = fc.oneof(
  { weight: 6, arbitrary: fc.record({ name: fc.constant('push'), count: fc.nat(20) }) },
  { weight: 6, arbitrary: fc.record({ name: fc.constant('shift'), count: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ name: fc.constant('clear'), count: fc.constant(1) }) },
  { weight: 1, arbitrary: fc.record({ name: fc.constant('drain'), count: fc.nat(20) }) },
);

/** A queue that counts how many elements were moved in memory, as its capacity betrays. */
class Observed {
  readonly fifo = new Fifo<number>();
  moves = 0;
  #capacity = 0;

  push(element: number): void {
    this.fifo.push(element);
    this.#look(this.fifo.length - 1);
  }

  shift(): number | undefined {
    const element = this.fifo.shift();
    this.#look(this.fifo.length);
    return element;
  }

  #look(moved: number): void {
    if (this.fifo.capacity !== this.#capacity) this.moves += moved;
    this.#capacity = this.fifo.capacity;
  }
}

test('it does what an array does', () => {
  const law = fc.property(fc.array(OPERATIONS, { maxLength: 100 }), (operations) => {
    const fifo = new Fifo<number | undefined>();
    let model: (number | undefined)[] = [];
    let next = 0;
    for (const { name, count } of operations) {
      if (name === 'clear') {
        fifo.clear();
        model = [];
      } else if (name === 'drain') {
        for (const element of fifo.drain()) {
          expect(element).toBe(model.shift());
          if (next++ % 3 === 0 && model.length < count) fifo.push(model[model.push(next) - 1]);
        }
        expect(model).toEqual([]);
      }
      for (let times = 0; name === 'push' && times < count; times++) {
        const element = next++ % 5 === 0 ? undefined : next;
        fifo.push(element);
        model.push(element);
      }
      for (let times = 0; name === 'shift' && times < count; times++) {
        expect(fifo.peek()).toBe(model[0]);
        expect(fifo.shift()).toBe(model.shift());
      }
      expect(fifo.length).toBe(model.length);
      expect([...fifo]).toEqual(model);
      expect(fifo.capacity).toBeLessThanOrEqual(Math.max(4, 4 * model.length));
    }
  });
  fc.assert(law);
});

test('nothing waits in a new one, and there is no memory for it', () => {
  const fifo = new Fifo<string>();
  expect(fifo).toMatchObject({ length: 0, capacity: 0 });
  expect([fifo.peek(), fifo.shift(), ...fifo, ...fifo.drain()]).toEqual([undefined, undefined]);
});

test('200,000 elements in and out move a few times each, and never by the array’s own shift', () => {
  const arrays = (['shift', 'splice', 'slice', 'copyWithin'] as const).map((name) =>
    jest.spyOn(Array.prototype, name),
  );
  const observed = new Observed();
  let inOrder = true;
  for (let element = 0; element < 200_000; element++) observed.push(element);
  for (let element = 0; element < 200_000; element++) inOrder &&= observed.shift() === element;
  const calls = arrays.map((spy) => spy.mock.calls.length);
  arrays.forEach((spy) => spy.mockRestore());
  expect(inOrder).toBe(true);
  expect(observed.moves).toBeLessThan(2 * 200_000);
  expect(observed.fifo.capacity).toBe(4);
  expect(calls).toEqual([0, 0, 0, 0]);
});

test.each([1, 3, 4, 5, 1000])(
  'a queue in which %d wait all the time keeps the memory that it has',
  (waiting) => {
    const observed = new Observed();
    for (let element = 0; element < waiting; element++) observed.push(element);
    const { moves } = observed;
    const { capacity } = observed.fifo;
    for (let round = 0; round < 10_000; round++) {
      observed.push(round);
      observed.shift();
    }
    expect(observed.fifo.length).toBe(waiting);
    expect(observed.fifo.capacity).toBeLessThanOrEqual(2 * Math.max(4, capacity));
    expect(observed.moves - moves).toBeLessThanOrEqual(waiting);
  },
);

test('a queue that is cleared has no memory, and can be used again', () => {
  const fifo = new Fifo<number>();
  for (let element = 0; element < 100; element++) fifo.push(element);
  fifo.clear();
  expect(fifo).toMatchObject({ length: 0, capacity: 0 });
  fifo.push(1);
  expect([...fifo]).toEqual([1]);
});
