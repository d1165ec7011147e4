/**
 * Messages that look like what applications send: JSON of records with names, times, numbers and
 * tags, as little alike as real ones. The same seed gives the same message, byte for byte.
 */
const NAMES = ['marta', 'oluwaseun', 'ji-woo', 'ana.lucia', 'henrik', 'farida', 'tomasz', 'keahi'];
const KINDS = ['order', 'trade', 'status', 'reply', 'alert', 'move'];
const TAGS = ['eu-west', 'urgent', 'draft', 'mobile', 'beta', 'paid', 'retry', 'internal'];
const WORDS = ['ship', 'the', 'red', 'crate', 'before', 'noon', 'and', 'call', 'harbour', 'again'];

const FIRST_DAY = Date.UTC(2024, 0, 1);
const YEAR_MS = 366 * 24 * 3600 * 1000;

/** One message of exactly `size` bytes of ASCII, at least 40. */
export function jsonMessage(size: number, seed: number): Buffer {
  const dice = new Dice(seed);
  const head = `{"id":${dice.below(90_000) + 10_000},"kind":"${dice.pick(KINDS)}"`;
  const records = recordsUpTo(size - head.length - '"items":[],,"note":""}'.length, dice);
  const items = records.length > 0 ? `,"items":[${records.join(',')}]` : '';
  const start = `${head}${items},"note":"`;
  return Buffer.from(`${start}${noteOf(size - start.length - 2, dice)}"}`, 'latin1');
}

/** As many records as fit, commas included. */
function recordsUpTo(size: number, dice: Dice): string[] {
  const records: string[] = [];
  let left = size;
  for (;;) {
    const record = JSON.stringify(recordOf(dice));
    left -= record.length + 1;
    if (left < 0) return records;
    records.push(record);
  }
}

function recordOf(dice: Dice): object {
  return {
    id: dice.below(1_000_000),
    user: dice.pick(NAMES),
    at: new Date(FIRST_DAY + dice.below(YEAR_MS)).toISOString(),
    price: dice.below(100_000) / 100,
    tags: [dice.pick(TAGS), dice.pick(TAGS)],
    done: dice.below(2) === 0,
  };
}

function noteOf(length: number, dice: Dice): string {
  let note = '';
  while (note.length < length) note += `${dice.pick(WORDS)} `;
  return note.slice(0, length);
}

/** Numbers that look random: a linear congruential generator, its high bits only. */
class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = Math.imul(seed + 1, 0x9e3779b1);
  }

  below(limit: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) | 0;
    return Math.floor(((this.#state >>> 0) / 2 ** 32) * limit);
  }

  pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)]!;
  }
}
