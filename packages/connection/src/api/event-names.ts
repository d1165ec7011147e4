/**
 * The names of events, and those that nobody but a poor typist would give one: a name of ours with a
 * letter too many, a letter too few, two swapped, or, if it has five letters or more, a wrong one; in
 * upper case; or with `on` in front. All others are names of the application's own events. The types
 * know the same rule, so that such a name does not compile.
 */
import { warnOnce } from '../support/warnings';
import type { WebSocketEventType } from './events';

const NAMES: ReadonlySet<string> = new Set<WebSocketEventType>([
  'open',
  'message',
  'ping',
  'pong',
  'drain',
  'error',
  'close',
]);

const EXAMPLES: Readonly<Record<string, string>> = {
  message: '({ data, isBinary }) => …',
  close: '({ code, reason }) => …',
};

/** What is shorter has too many neighbours that are words, like `ring` and `song`. */
const SHORTEST_WITH_WRONG_LETTER = 5;

export function isEventName(type: string): boolean {
  return NAMES.has(type);
}

/** Warns of a listener for an event that will never happen. */
export function checkEventName(type: string): void {
  const meant = meantBy(type);
  if (meant === null) return;
  warnOnce(`there is no event '${type}': did you mean '${meant}'?`, 'WS_WARN_EVENT_NAME');
}

/** Warns of a listener that takes an event apart, as those of `ws` do, which are called with `data, isBinary` or `code, reason`. */
export function checkParameters(type: string, listener: unknown): void {
  if (!isEventName(type) || typeof listener !== 'function' || listener.length < 2) return;
  const text = `a listener of '${type}' is called with one argument, the event, and this one takes ${listener.length}`;
  warnOnce(`${text}: write ${EXAMPLES[type] ?? '(event) => …'}`, 'WS_WARN_LISTENER');
}

/** The name of an event that was probably meant; null if it is one, or has nothing of one. */
export function meantBy(type: string): string | null {
  // Node's emitters have symbols for names, too.
  if (NAMES.has(type) || typeof type !== 'string') return null;
  const name = type.toLowerCase();
  for (const known of NAMES) {
    if (name === known || name === `on${known}` || isSlip(name, known)) return known;
  }
  return null;
}

function isSlip(name: string, known: string): boolean {
  let start = 0;
  while (start < known.length && name[start] === known[start]) start++;
  const [left, right] = [name.slice(start), known.slice(start)];
  const tooMany = left.slice(1) === right;
  const tooFew = left === right.slice(1);
  const swapped = right.length > 1 && left === right[1]! + right[0]! + right.slice(2);
  const wrong = known.length >= SHORTEST_WITH_WRONG_LETTER && left.slice(1) === right.slice(1);
  return tooMany || tooFew || swapped || wrong;
}

/** The name of any event but a misspelt one of ours. */
export type OtherType<Type extends string> = Type extends WebSocketEventType
  ? Type
  : [MeantBy<Lowercase<Type>>] extends [never]
    ? Type
    : `did you mean '${MeantBy<Lowercase<Type>>}'?`;

type MeantBy<Name extends string> = {
  [Known in WebSocketEventType]: Name extends Known | `on${Known}`
    ? Known
    : IsSlip<Name, Known, Known> extends true
      ? Known
      : never;
}[WebSocketEventType];

/** As `isSlip`; `Whole` is the known name, of which `Right` is left to compare. */
type IsSlip<
  Left extends string,
  Right extends string,
  Whole,
> = Left extends `${infer First}${infer LeftRest}`
  ? Right extends `${First}${infer RightRest}`
    ? IsSlip<LeftRest, RightRest, Whole>
    : IsSlipHere<Left, LeftRest, Right, Whole>
  : Right extends `${string}${infer RightRest}`
    ? Same<RightRest, ''>
    : false;

type IsSlipHere<Left, LeftRest, Right extends string, Whole> = LeftRest extends Right
  ? true
  : Right extends `${infer First}${infer RightRest}`
    ? Left extends RightRest
      ? true
      : Whole extends 'open' | 'ping' | 'pong'
        ? IsSwapped<Left, First, RightRest>
        : LeftRest extends RightRest
          ? true
          : IsSwapped<Left, First, RightRest>
    : false;

type IsSwapped<Left, First extends string, Rest> = Rest extends `${infer Second}${infer After}`
  ? Same<Left, `${Second}${First}${After}`>
  : false;

type Same<One, Other> = One extends Other ? true : false;
