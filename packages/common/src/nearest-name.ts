/** The name that somebody probably meant. */

/** Of a longer name a part is enough, if it is this much of it. */
const LEAST_PART = 0.5;

/**
 * The known name that is nearest to `name`, upper and lower case being the same: a quarter of the
 * longer of both may differ, or one letter, or `name` is half of it or more.
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
  const most = Math.max(1, Math.floor(Math.max(name.length, candidate.length) / 4));
  // Two names of one letter have nothing in common at a distance of one.
  if (distance <= most && distance < Math.min(name.length, candidate.length)) return true;
  if (name.length < LEAST_PART * candidate.length) return false;
  return candidate.toLowerCase().includes(name.toLowerCase());
}

/** How many letters are too many, missing, others, or in the place of their neighbour (optimal string alignment). */
function editDistance(left: string, right: string): number {
  let before: number[] = [];
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const replaced = row[j - 1]! + (left[i - 1] === right[j - 1] ? 0 : 1);
      const swaps = i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1];
      const swapped = swaps ? before[j - 2]! + 1 : Infinity;
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, replaced, swapped));
    }
    before = row;
    row = next;
  }
  return row[right.length]!;
}
