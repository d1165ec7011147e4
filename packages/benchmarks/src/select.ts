/**
 * The names that match one of the patterns, in their own order.
 *
 * `patterns` is a whole name, a comma-separated list of globs (`*` and `?`, case ignored) for whole
 * names, or one regular expression between slashes.
 *
 * @throws {SyntaxError} when the regular expression is malformed.
 */
export function select(patterns: string, names: readonly string[]): string[] {
  if (names.includes(patterns)) return [patterns];
  const matchers = matchersOf(patterns);
  return names.filter((name) => matchers.some((matcher) => matcher.test(name)));
}

function matchersOf(patterns: string): RegExp[] {
  const expression = /^\/(.+)\/$/.exec(patterns)?.[1];
  if (expression !== undefined) return [new RegExp(expression, 'i')];
  return patterns.split(',').map((glob) => globMatcher(glob.trim()));
}

function globMatcher(glob: string): RegExp {
  const escaped = glob.replace(/[\\^$.|+()[\]{}]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/\*/g, '.*').replace(/\?/g, '.')}$`, 'i');
}
