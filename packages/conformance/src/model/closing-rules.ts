/** The ways in which a connection must end, as most cases need them. */
import type { ClosingRule } from './case';

/** The suite closes with 1000 when it has seen enough, and the endpoint answers. */
export const NORMAL: ClosingRule = { by: 'suite', codes: [1000], clean: true, decides: false };

/** The endpoint fails the connection (RFC 6455 §7.1.7), with a closing frame or without. */
export const PROTOCOL_ERROR: ClosingRule = failing([1002], false);

/** As above, and nothing else will do: "that endpoint MUST _Fail the WebSocket Connection_" §8.1. */
export const BAD_UTF8: ClosingRule = failing([1007], true);

/** The suite sends a good closing frame as part of the case. */
export const CLEAN_CLOSE: ClosingRule = { ...NORMAL, decides: true };

/** The suite sends a bad closing frame; the endpoint fails the connection. */
export const BAD_CLOSE: ClosingRule = badClose([1002]);

export function failing(codes: readonly number[], decides: boolean): ClosingRule {
  return { by: 'endpoint', codes, clean: false, decides };
}

export function badClose(codes: readonly number[]): ClosingRule {
  return { by: 'suite', codes, clean: false, decides: true };
}

/** A closing frame is answered with the same code, or with 1000. */
export function echoed(code: number): ClosingRule {
  return { ...CLEAN_CLOSE, codes: [1000, code] };
}
