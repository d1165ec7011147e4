/** The name that somebody probably meant. */

/** What is shorter is part of too many names. */
const SHORTEST_PART = 3;

/**
 * The known name that is nearest to `name`, upper and lower case being the same: a third of the
 * longer of both may differ, or two letters, or `name` is a part of it.
 *
 * @returns null when none is near
 */
export function nearestName(name: string, known: Iterable<string>): string | null {
  let nearest: string | null = null;
  let least = Infinity;
  for (const candidate of known) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance >= least || !isNear(name, candidate, distance)) continue;
    nearest = candidate;
    least = distance;
  }
  return nearest;
}

function isNear(name: string, candidate: string, distance: number): boolean {
  const most = Math.max(2, Math.floor(Math.max(name.length, candidate.length) / 3));
  // Two names of two letters have nothing in common at a distance of two.
  if (distance <= most && distance < Math.min(name.length, candidate.length)) return true;
  return name.length >= SHORTEST_PART && candidate.toLowerCase().includes(name.toLowerCase());
}

/** Levenshtein distance. */
function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const replaced = row[j - 1]! + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, replaced));
    }
    row = next;
  }
  return row[right.length]!;
}
