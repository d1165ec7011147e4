/**
 * What is added instead of a listener that is to be called with something else than the event: one of
 * `data` or `end`, by which streams tell of messages and of their end, or one of Node's own
 * that is to get an Error, or nothing.
 */
import { isolated } from '../support/callbacks';
import { soon } from '../support/scheduling';
import type { WebSocketEventType } from './events';
import { callListener, type Listener } from './listener';
import { takesError } from './node-listeners';

/** As much of the events below as is looked at. */
interface Told {
  readonly target: object;
  readonly data?: unknown;
  readonly error?: unknown;
  readonly cause?: unknown;
}

interface Kind {
  /** What such a listener is added by. */
  readonly name: string;
  /** The event that it waits for. */
  readonly type: WebSocketEventType;
  tell(listener: Listener<never>, event: Told): void;
}

const DATA: Kind = {
  name: 'data',
  type: 'message',
  tell: (listener, { target, data }) => callListener(listener, target, [data]),
};

/**
 * Node's `finished` and `pipeline` wait for `end` and `close`, and take a stream that closes first for
 * one that was cut off. So they learn of an end that was not clean.
 */
const END: Kind = {
  name: 'end',
  type: 'close',
  tell(listener, { target, cause }) {
    if ((cause ?? null) === null) callListener(listener, target, []);
    else soon(() => isolated(() => callListener(listener, target, [])));
  },
};

const ERROR: Kind = {
  name: 'error',
  type: 'error',
  tell: (listener, event) => callListener(listener, event.target, [event.error ?? event]),
};

const DRAIN: Kind = {
  name: 'drain',
  type: 'drain',
  tell: (listener, { target }) => callListener(listener, target, []),
};

export class StandIn {
  /** The listener that was passed. */
  readonly original: Listener<never>;
  private readonly kind: Kind;

  constructor(kind: Kind, original: Listener<never>) {
    this.kind = kind;
    this.original = original;
  }

  /** What the listener was added by. */
  get name(): string {
    return this.kind.name;
  }

  /** The event that it waits for. */
  get type(): WebSocketEventType {
    return this.kind.type;
  }

  handleEvent(event: Told): void {
    this.kind.tell(this.original, event);
  }
}

/** What to add for a listener of a name; null for itself. */
export function standInOf(name: string, listener: Listener<never>): StandIn | null {
  if (name === DATA.name) return new StandIn(DATA, listener);
  if (name === END.name) return new StandIn(END, listener);
  if (name === 'error') return takesError(name, listener) ? new StandIn(ERROR, listener) : null;
  if (name === 'drain') return takesError(name, listener) ? new StandIn(DRAIN, listener) : null;
  return null;
}
