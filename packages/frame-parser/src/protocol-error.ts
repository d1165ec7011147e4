import { VIOLATIONS, type ProtocolErrorCode, type ViolationCode } from './violations';

/**
 * The peer broke the protocol. Made from the table of violations; this package itself throws none
 * (a decoder reports the violation code), it is for whoever turns the report into an error.
 */
export class ProtocolError extends Error {
  override readonly name: string = 'ProtocolError';
  /** `WS_ERR_…`, to match on. */
  readonly code: ProtocolErrorCode;
  readonly violation: ViolationCode;
  /** The code to close the connection with. */
  readonly closeCode: number;
  /** The section of the specification that was broken. */
  readonly section: string;

  constructor(violation: ViolationCode, options?: ErrorOptions) {
    const { text, errorCode, closeCode, section } = VIOLATIONS[violation];
    super(violation === 'EXTENSION_FAILED' ? explained(text, options) : text, options);
    this.code = errorCode;
    this.violation = violation;
    this.closeCode = closeCode;
    this.section = section;
  }
}

/** What an extension says of a message is known to it alone. */
function explained(text: string, { cause }: ErrorOptions = {}): string {
  const { message } = (cause ?? {}) as Partial<Error>;
  return typeof message === 'string' ? `${text}: ${message}` : text;
}
