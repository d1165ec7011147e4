/** The two ends of a connection. What differs between them is a value, not a flag asked everywhere. */
export interface Role {
  readonly name: 'client' | 'server';
  /** This end masks what it sends. */
  readonly masksOutgoing: boolean;
  /** This end takes masked frames, and only those. */
  readonly expectsMasked: boolean;
}

/** RFC 6455 §5.1: "A client MUST mask all frames that it sends to the server." */
export const CLIENT: Role = { name: 'client', masksOutgoing: true, expectsMasked: false };

/** RFC 6455 §5.1: "A server MUST NOT mask any frames that it sends to the client." */
export const SERVER: Role = { name: 'server', masksOutgoing: false, expectsMasked: true };
