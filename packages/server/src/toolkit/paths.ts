/**
 * Paths of a WebSocketServer: literals, `:name` for one segment, and a trailing `*` for all that is left. They are
 * matched on the pathname alone, segment by segment, each percent-decoded once, and nothing is normalised: a
 * pathname with dot segments, empty segments in the middle, or an encoded slash, backslash or NUL matches none.
 */
import { describe, isNone } from '@ws/common';

/** The parameters of a path by their names: `{ room: string }` for `/chat/:room`, `{ '*': string }` for `/files/*`. */
export type PathParams<Path extends string> = string extends Path
  ? Readonly<Record<string, string>>
  : Path extends `${infer First}/${infer Rest}`
    ? SegmentParams<First> & PathParams<Rest>
    : SegmentParams<Path>;

type SegmentParams<Segment extends string> = Segment extends `:${infer Name}`
  ? { readonly [name in Name]: string }
  : Segment extends '*'
    ? { readonly '*': string }
    : unknown;

export interface PathMatch {
  /** The pattern that has matched; `*` where there is none. */
  readonly pattern: string;
  readonly params: Readonly<Record<string, string>>;
}

type Segment =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'param'; readonly name: string }
  | { readonly kind: 'rest' };

interface Pattern {
  readonly text: string;
  readonly segments: readonly Segment[];
}

const NAME = /^[A-Za-z_]\w*$/;
/** What no segment may contain once it is decoded: it would be something else to whoever joins them. */
const AMBIGUOUS = /[/\\\0]/;
/** absolute-form of a request target, RFC 9112 §3.2.2. */
const ABSOLUTE_FORM = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i;

const EVERY_PATH: PathMatch = { pattern: '*', params: {} };

/** The paths of one server, in the order in which they are tried. */
export class Paths {
  /** Null where every path is meant. */
  readonly #patterns: readonly Pattern[] | null;

  /**
   * @param paths one pattern, or several; none for every path
   * @throws {TypeError} a pattern cannot be parsed; the message says where
   */
  constructor(paths: string | readonly string[] | null | undefined) {
    this.#patterns = isNone(paths) ? null : patternsOf(paths);
  }

  /** What tells one path from another, whatever its parameters are called. */
  get shapes(): readonly string[] {
    if (this.#patterns === null) return ['*'];
    return this.#patterns.map(({ segments }) => segments.map(shapeOf).join('/'));
  }

  /**
   * Matches the target of a request.
   *
   * @param target as `request.url` has it
   */
  match(target: string): PathMatch | null {
    if (this.#patterns === null) return EVERY_PATH;
    const segments = segmentsOf(target);
    if (segments === null) return null;
    for (const { text, segments: pattern } of this.#patterns) {
      const params = matchSegments(pattern, segments);
      if (params !== null) return { pattern: text, params };
    }
    return null;
  }
}

/** The decoded segments of a target's path, without the first, empty one; null when it is a path that matches nothing. */
function segmentsOf(target: string): readonly string[] | null {
  const path = target.replace(ABSOLUTE_FORM, '').split(/[?#]/, 1)[0]!;
  if (!path.startsWith('/')) return null;
  const segments = path.slice(1).split('/').map(decoded);
  const isClear = segments.every((segment, index) => {
    if (segment === null || segment === '.' || segment === '..') return false;
    if (segment === '') return index === segments.length - 1;
    return !AMBIGUOUS.test(segment);
  });
  return isClear ? (segments as readonly string[]) : null;
}

function decoded(segment: string): string | null {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}

function matchSegments(
  pattern: readonly Segment[],
  segments: readonly string[],
): Readonly<Record<string, string>> | null {
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const segment = segments[index];
    if (segment === undefined) return null;
    if (expected.kind === 'rest') return { ...params, '*': segments.slice(index).join('/') };
    if (expected.kind === 'literal' && expected.text !== segment) return null;
    if (expected.kind === 'param') {
      if (segment === '') return null;
      params[expected.name] = segment;
    }
  }
  return segments.length === pattern.length ? params : null;
}

function patternsOf(paths: string | readonly string[]): readonly Pattern[] {
  const list: readonly unknown[] = typeof paths === 'string' ? [paths] : paths;
  if (!Array.isArray(list)) {
    throw new TypeError(`option path: ${describe(paths)} is not a path, nor a list of paths`);
  }
  if (list.length === 0) throw new TypeError('option path: an empty list matches nothing');
  return list.map(patternOf);
}

function patternOf(text: unknown): Pattern {
  if (typeof text !== 'string') throw new TypeError(`option path: ${describe(text)} is not a path`);
  if (!text.startsWith('/')) throw invalid(text, 0, 'a path begins with a slash');
  const names = new Set<string>();
  const parts = text.slice(1).split('/');
  let at = 1;
  const segments = parts.map((part, index): Segment => {
    const segment = segmentOf(text, part, at, index === parts.length - 1);
    if (segment.kind === 'param') {
      if (names.has(segment.name)) throw invalid(text, at, `there are two :${segment.name}`);
      names.add(segment.name);
    }
    at += part.length + 1;
    return segment;
  });
  return { text, segments };
}

function segmentOf(text: string, part: string, at: number, isLast: boolean): Segment {
  if (part === '*') {
    if (!isLast) throw invalid(text, at, 'only the last segment may be *');
    return { kind: 'rest' };
  }
  if (part.startsWith(':')) {
    const name = part.slice(1);
    if (!NAME.test(name)) throw invalid(text, at, 'a parameter is a colon and a name');
    return { kind: 'param', name };
  }
  if (part === '' && !isLast) throw invalid(text, at, 'a segment is empty');
  if (part === '.' || part === '..') throw invalid(text, at, 'no request has a dot segment');
  const wrong = part.search(/[*:?#%\\\0]/);
  if (wrong >= 0) throw invalid(text, at + wrong, `${describe(part[wrong])} has no meaning here`);
  return { kind: 'literal', text: part };
}

function shapeOf(segment: Segment): string {
  if (segment.kind === 'literal') return segment.text;
  return segment.kind === 'param' ? ':' : '*';
}

function invalid(text: string, at: number, why: string): TypeError {
  return new TypeError(`option path: ${JSON.stringify(text)} at ${at}: ${why}`);
}
