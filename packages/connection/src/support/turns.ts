/**
 * The turns of the event loop, and how much of the current one is spent: the fairness between the
 * connections of a process.
 *
 * The unit is about what a small message costs, some microseconds with the application's share. Whoever
 * has used up its share waits in one queue with all others, and of that queue no more is served in a
 * turn than `MOST_PER_TURN`, however many wait: so a connection that has something small to read waits
 * for one turn, and not for the crowd.
 */
import { Fifo } from '@ws/common';
import { isolated } from './callbacks';
import { nextTurn } from './scheduling';

/** Who waits for a turn. */
export interface Waiting {
  onTurn(): void;
}

/** Of what those that wait have read by then, the rest waits for the next turn. */
const MOST_PER_TURN = 2048;
/** What one connection may spend in a turn… */
const SHARE = 512;
/** …and what it may when others have spent most of it. */
export const SMALL_SHARE = 32;
/** From this much on there is so much going on that the end of the turn is watched for. */
const WATCHED_FROM = 256;

/** The number of the turn; it begins anew after a billion. */
let turn = 0;
let spent = 0;
let watching = false;
const queue = new Fifo<Waiting>();

/** A number that is another one in every turn in which much goes on. */
export function currentTurn(): number {
  return turn;
}

/** What a connection may spend in this turn, as things stand. */
export function shareOfTurn(): number {
  return spent < MOST_PER_TURN ? SHARE : SMALL_SHARE;
}

/** Something has been done for a connection. */
export function spend(cost: number): void {
  spent += cost;
  if (!watching && spent >= WATCHED_FROM) watch();
}

/** Has `onTurn` called in a later turn of the event loop. */
export function awaitTurn(waiting: Waiting): void {
  queue.push(waiting);
  watch();
}

/** Texts of so many characters or bytes are long work; a few bytes of a peer's may become one. */
export const LONG_TEXT: number = 2 ** 20;

/** Has something long done in a later turn, in which nothing else does that is as long. */
export function inTurnOfItsOwn<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => {
    awaitTurn({
      onTurn() {
        spend(MOST_PER_TURN);
        // What the work throws, this promise is rejected with.
        resolve(new Promise<T>((done) => done(work())));
      },
    });
  });
}

function watch(): void {
  if (watching) return;
  watching = true;
  nextTurn(begin);
}

function begin(): void {
  watching = false;
  turn = (turn + 1) & 0x3fff_ffff;
  spent = 0;
  serve();
  if (queue.length > 0) watch();
}

function serve(): void {
  // Those that come meanwhile are for the next turn.
  for (let left = queue.length; left > 0 && spent < MOST_PER_TURN; left--) {
    const waiting = queue.shift()!;
    isolated(() => waiting.onTurn());
  }
}
