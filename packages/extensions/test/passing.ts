/** Messages on their way through a pipeline, for tests that hold for either direction. */
import type { Awaitable, ExtensionMessage, ExtensionSession, Pipeline } from '../src';
import { message } from './sessions';

export type Direction = 'incoming' | 'outgoing';

export const DIRECTIONS: Direction[] = ['incoming', 'outgoing'];

export function pass(
  pipeline: Pipeline,
  direction: Direction,
  text: string,
): Awaitable<ExtensionMessage> {
  return direction === 'incoming'
    ? pipeline.incoming(message(text), Infinity)
    : pipeline.outgoing(message(text));
}

/** The message that came by return; fails when there is a promise instead. */
export function byReturn(result: Awaitable<ExtensionMessage>): ExtensionMessage {
  expect(result).not.toHaveProperty('then');
  return result as ExtensionMessage;
}

export function all(results: readonly Awaitable<ExtensionMessage>[]): Promise<ExtensionMessage[]> {
  return Promise.all(results.map((result) => Promise.resolve(result)));
}

/** Lets everything happen that waits for promises only. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** A session that lets messages pass, except where it is told to be odd. */
export function oddSession(overrides: Partial<ExtensionSession>): ExtensionSession {
  return {
    processOutgoing: (given) => given,
    processIncoming: (given) => given,
    close() {},
    ...overrides,
  };
}
