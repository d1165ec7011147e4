/** How a connection ended, as one of its ends saw it, and whether that is how it should have. */
import type WebSocket from '@ws/websocket';

export interface Ending {
  readonly initiator: WebSocket.Initiator;
  /** The close code sent, null if no closing frame was. */
  readonly sent: number | null;
  /** The close code received, null if no closing frame was. */
  readonly received: number | null;
}

/** What an ending has to be; what is left out may be anything. */
export type Expectation = Partial<Ending>;

/** What the `close` event of a WebSocket says. */
export function endingOf({ initiator, sent, received }: WebSocket.CloseEvent): Ending {
  return { initiator, sent: sent?.code ?? null, received: received?.code ?? null };
}

export function isExpected(ending: Ending, expectations: readonly Expectation[]): boolean {
  return expectations.some(
    ({ initiator = ending.initiator, sent = ending.sent, received = ending.received }) =>
      initiator === ending.initiator && sent === ending.sent && received === ending.received,
  );
}

export function describeEnding({ initiator, sent, received }: Ending): string {
  return `${initiator}, sent ${sent ?? 'no code'}, received ${received ?? 'no code'}`;
}

/** What an error goes by. */
export function codeOf(error: Error & { code?: unknown }): string {
  return typeof error.code === 'string' ? error.code : error.name;
}
