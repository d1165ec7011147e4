/** What has been counted, by group and name; tallies of several processes add up. */

export type Group =
  | 'opened'
  | 'messages'
  | 'ended'
  | 'errors'
  | 'features'
  /** What must never be: see the verdicts. */
  | 'unexpected'
  | 'crashes';

export type Counts = Readonly<Record<string, number>>;
export type Tallied = Readonly<Partial<Record<Group, Counts>>>;

export class Tally {
  readonly #groups: Partial<Record<Group, Record<string, number>>> = {};

  add(group: Group, name: string, count = 1): void {
    const counts = (this.#groups[group] ??= {});
    counts[name] = (counts[name] ?? 0) + count;
  }

  addAll(other: Tallied): void {
    for (const [group, counts] of Object.entries(other)) {
      for (const [name, count] of Object.entries(counts)) this.add(group as Group, name, count);
    }
  }

  get counts(): Tallied {
    return this.#groups;
  }
}

export function countOf(tallied: Tallied, group: Group, name: string): number {
  return tallied[group]?.[name] ?? 0;
}

export function totalOf(tallied: Tallied, group: Group): number {
  return Object.values(tallied[group] ?? {}).reduce((sum, count) => sum + count, 0);
}

export function sumOf(tallies: readonly Tallied[]): Tallied {
  const sum = new Tally();
  for (const tallied of tallies) sum.addAll(tallied);
  return sum.counts;
}
