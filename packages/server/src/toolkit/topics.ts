/** Who has subscribed to what. A topic takes memory while somebody has subscribed to it, and no one ever looks through all of them. */

const NOBODY: ReadonlySet<never> = new Set<never>();

export class Topics<Member> {
  readonly #members = new Map<string, Set<Member>>();

  /** How many topics have members. */
  get size(): number {
    return this.#members.size;
  }

  /** Those that have subscribed to a topic, in the order in which they did. */
  of(topic: string): ReadonlySet<Member> {
    return this.#members.get(topic) ?? NOBODY;
  }

  add(topic: string, member: Member): void {
    const members = this.#members.get(topic);
    if (members === undefined) this.#members.set(topic, new Set([member]));
    else members.add(member);
  }

  delete(topic: string, member: Member): void {
    const members = this.#members.get(topic);
    members?.delete(member);
    if (members?.size === 0) this.#members.delete(topic);
  }
}
