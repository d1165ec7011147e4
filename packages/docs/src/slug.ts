/**
 * The anchor of a heading. It is GitHub's, for the links within READMEs, but for `_`, which the links of
 * TypeDoc have as `-`.
 */
export function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/[\s_]/g, '-');
}
