/**
 * The closing handshake as data (RFC 6455 §7.1). What is not in the table cannot happen.
 *
 * `eof` is the peer's end of stream, `transportClosed` that of the whole transport. A connection is
 * `draining` once nothing more will be said: both closing frames are known, or one side has failed,
 * and only the transport is still to end.
 */
export const CLOSE_TRANSITIONS: Readonly<Record<ClosingState, Transitions>> = {
  open: {
    sendClose: 'closeSent',
    receiveClose: 'closeReceived',
    eof: 'draining',
    fail: 'draining',
    transportClosed: 'closed',
  },
  closeSent: {
    receiveClose: 'draining',
    eof: 'draining',
    fail: 'draining',
    transportClosed: 'closed',
  },
  closeReceived: {
    sendClose: 'draining',
    eof: 'draining',
    fail: 'draining',
    transportClosed: 'closed',
  },
  draining: { eof: 'draining', transportClosed: 'closed' },
  closed: {},
};

export type ClosingState = 'open' | 'closeSent' | 'closeReceived' | 'draining' | 'closed';
export type ClosingEvent = 'sendClose' | 'receiveClose' | 'eof' | 'fail' | 'transportClosed';
type Transitions = Readonly<Partial<Record<ClosingEvent, ClosingState>>>;

/**
 * The state that follows `state` when `event` happens.
 *
 * @throws {Error} on a transition that the table does not have: a bug in the caller.
 */
export function nextClosingState(state: ClosingState, event: ClosingEvent): ClosingState {
  const next = CLOSE_TRANSITIONS[state][event];
  if (next === undefined) throw new Error(`bug: ${event} while ${state}`);
  return next;
}

/** Why this end closes of its own accord (RFC 6455 §7.4.1, and the registry that goes on from there). */
export const CLOSE_CODE = {
  /** The peer's protocol version has no such data. */
  UNSUPPORTED_DATA: 1003,
  /** Something unexpected keeps this end from going on. */
  INTERNAL_ERROR: 1011,
  /** There is no better word for a peer that does not read. */
  TRY_AGAIN_LATER: 1013,
} as const;

/** W3C `readyState` numbers. */
export const READY_STATE = { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 } as const;

/** CONNECTING (0), OPEN (1), CLOSING (2) or CLOSED (3). */
export type ReadyState = 0 | 1 | 2 | 3;

const READY_STATES: Readonly<Record<ClosingState, ReadyState>> = {
  open: READY_STATE.OPEN,
  closeSent: READY_STATE.CLOSING,
  closeReceived: READY_STATE.CLOSING,
  draining: READY_STATE.CLOSING,
  closed: READY_STATE.CLOSED,
};

/** The W3C view of a closing state. */
export function readyStateOf(state: ClosingState): ReadyState {
  return READY_STATES[state];
}
