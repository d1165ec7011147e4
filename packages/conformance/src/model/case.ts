/**
 * What a case is: data. A case says how the connection is opened, what the suite sends, which events
 * must come back, and how the connection must end; it does nothing itself.
 */

/** The role of the endpoint under test. */
export type Role = 'server' | 'client';

/** How the endpoint behaved until the end. */
export type Behavior = 'OK' | 'NON-STRICT' | 'INFORMATIONAL' | 'UNIMPLEMENTED' | 'FAILED';

/** How the connection ended: judged apart from the behaviour. */
export type Closing =
  | 'OK'
  | 'INFORMATIONAL'
  | 'UNIMPLEMENTED'
  | 'UNCLEAN'
  | 'WRONG CODE'
  | 'FAILED'
  | 'FAILED BY CLIENT';

/** A frame as the suite sends it; it may break every rule. `rsv` is RSV1 × 4 + RSV2 × 2 + RSV3. */
export interface FrameSpec {
  readonly opcode: number;
  readonly fin: boolean;
  readonly rsv: number;
  readonly payload: Buffer;
}

/** What an endpoint may send besides a closing frame. */
export interface PeerEvent {
  readonly kind: 'text' | 'binary' | 'ping' | 'pong';
  readonly data: Buffer;
}

/** A whole message, for steps that exchange many. */
export interface Message {
  readonly kind: 'text' | 'binary';
  readonly data: Buffer;
}

/** How the octets of a step reach TCP: default is all of them in one write. */
export interface Delivery {
  /** Octets per write. */
  readonly chop?: number;
  /** Every frame in a write of its own. */
  readonly sync?: boolean;
}

export interface SendStep extends Delivery {
  readonly do: 'send';
  readonly frames: readonly FrameSpec[];
}

/** Sends octets `from` to `to` of a frame's payload, and the header before octet 0. */
export interface PartStep {
  readonly do: 'part';
  readonly frame: FrameSpec;
  readonly from: number;
  readonly to: number;
}

/** Sends octets that need not be a frame at all. */
export interface OctetsStep {
  readonly do: 'octets';
  readonly octets: Buffer;
}

/** Waits; the end of the connection ends the waiting. */
export interface PauseStep {
  readonly do: 'pause';
  readonly name: string;
  readonly ms: number;
  /** Milliseconds in quick mode. */
  readonly quick: number;
}

/** Sends messages one at a time, each when the one before has come back unchanged. */
export interface ExchangeStep {
  readonly do: 'exchange';
  readonly rounds: number;
  readonly quickRounds: number;
  /** Returns a source of messages, fresh for every run of the case. */
  readonly source: () => () => Message;
  /** Octets per fragment, of what goes on the wire; undefined: one frame. */
  readonly fragment: number | undefined;
}

export type Step = SendStep | PartStep | OctetsStep | PauseStep | ExchangeStep;

/** One acceptable course of events, and what it is worth. */
export interface Outcome {
  readonly behavior: 'OK' | 'NON-STRICT';
  readonly events: readonly PeerEvent[];
}

export interface Script {
  readonly steps: readonly Step[];
  /** The first that matches decides; if none does, the case has failed. The first is the strict one. */
  readonly outcomes: readonly Outcome[];
}

export interface ClosingRule {
  /** Who must begin to close. */
  readonly by: 'suite' | 'endpoint';
  /** The close codes the endpoint may send; a closing frame without a code always does. */
  readonly codes: readonly number[];
  /** Whether both closing frames are needed; else the endpoint may just end the TCP connection. */
  readonly clean: boolean;
  /** Whether the behaviour has failed, too, when the closing has. */
  readonly decides: boolean;
}

export type WireVersion = 13 | 8 | 7 | 'hixie-76' | 'hixie-75';

/** Changes to a request or response head: null takes a header away, a list makes several lines. */
export interface HeadChange {
  readonly startLine?: string;
  readonly headers?: Readonly<Record<string, null | string | readonly string[]>>;
}

/** The parameters of permessage-deflate asked of the endpoint's sender. */
export interface DeflateDemand {
  readonly noContextTakeover: boolean;
  readonly windowBits: number | undefined;
}

/** What must come instead of an open connection (suite as client). */
export interface Refusal {
  readonly statuses: readonly number[];
  /** A header that the answer must have, and what it must say. */
  readonly header?: { readonly name: string; readonly value: RegExp };
  /** Whether to accept is not strict, but has not failed. */
  readonly lenient?: boolean;
}

export interface Opening {
  /** Default 13. */
  readonly version?: WireVersion;
  /** Of the suite's request, when a server is under test. */
  readonly request?: HeadChange;
  readonly refused?: Refusal;
  /** What the accepting response's headers must look like; null: absent. */
  readonly response?: Readonly<Record<string, RegExp | null>>;
  /** How many octets of hixie-76's key3 go with the head; the rest follows. Default 8. */
  readonly key3With?: number;
  /** Sent in one write with the suite's request or response. */
  readonly early?: readonly FrameSpec[];
  /** Octets per write of the suite's request or response. */
  readonly chop?: number;
  /** Of the suite's response, when a client is under test. */
  readonly answer?: HeadChange;
  /** By preference; undefined: permessage-deflate is neither offered nor accepted. */
  readonly deflate?: readonly DeflateDemand[];
}

export interface Case {
  readonly id: string;
  readonly title: string;
  /** What a correct endpoint does, in a sentence or two. */
  readonly expects: string;
  /** The roles it applies to. Default: both. */
  readonly roles?: readonly Role[];
  /** Left out in quick mode. */
  readonly fullOnly?: boolean;
  /** Milliseconds that the endpoint may show no sign of life for. Default: the runner's patience. */
  readonly limit?: number;
  readonly opening?: Opening;
  readonly closing: ClosingRule;
  /** Whatever happens is worth knowing and never wrong. */
  readonly informational?: boolean;
  /** The pause in which the endpoint must end the connection; later is not strict, never has failed. */
  readonly failFast?: string;
  /** Made afresh for every run: payloads can be large. */
  readonly script: () => Script;
}
