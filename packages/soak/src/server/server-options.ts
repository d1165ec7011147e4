/** The options of the server's end of a connection, as its plan has them. */
import type WebSocket from '@ws/websocket';
import { DEFLATE } from '../plan/compression';
import type { Plan } from '../plan/plan';
import { MAX_LENGTH } from '../settings';

/** Faults are to be found soon; who only thinks is to be left alone. */
export function serverOptions(plan: Plan, pace: number): WebSocket.ServerOptions {
  const options = { maxLength: MAX_LENGTH, deflate: DEFLATE[plan.compression] };
  if (plan.watch === 'none') return options;
  if (plan.watch === 'idle') {
    return { ...options, idleTimeout: plan.fault === 'idle' ? wait(10_000, pace) : 120_000 };
  }
  if (plan.fault !== 'silent') return { ...options, ping: 3 * pace, pingTimeout: 60_000 };
  return { ...options, ping: 8 * pace, pingTimeout: wait(3000, pace) };
}

function wait(milliseconds: number, pace: number): number {
  return Math.ceil(milliseconds * pace);
}
