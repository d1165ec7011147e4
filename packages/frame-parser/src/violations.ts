/**
 * What a peer can do wrong, as one table: the close code to fail the connection with, the section
 * that is broken (of RFC 6455; of draft 76 for the HIXIE rows), a stable text, and the `error.code`
 * to match on. Where the `ws` package has a code for the same mistake, it is that code.
 */
export interface Violation {
  readonly closeCode: number;
  readonly section: string;
  readonly text: string;
  readonly errorCode: ProtocolErrorCode;
}

/** The name of a rule that a peer can break. */
export type ViolationCode =
  | 'MASK_MISSING'
  | 'MASK_UNEXPECTED'
  | 'RSV_UNEXPECTED'
  | 'RSV_2_3_UNEXPECTED'
  | 'OPCODE_RESERVED'
  | 'LENGTH_NOT_MINIMAL'
  | 'LENGTH_TOO_LARGE'
  | 'CONTROL_TOO_LONG'
  | 'CONTROL_FRAGMENTED'
  | 'CONTINUATION_UNEXPECTED'
  | 'CONTINUATION_EXPECTED'
  | 'INVALID_UTF8'
  | 'MESSAGE_TOO_BIG'
  | 'TOO_MANY_FRAGMENTS'
  | 'CLOSE_PAYLOAD_TOO_SHORT'
  | 'CLOSE_CODE_INVALID'
  | 'CLOSE_REASON_INVALID_UTF8'
  | 'EXTENSION_FAILED'
  | 'HIXIE_LENGTH_TOO_LARGE';

/** The `code` of the error that a violation becomes; some violations share one. */
export type ProtocolErrorCode =
  | 'WS_ERR_EXPECTED_MASK'
  | 'WS_ERR_UNEXPECTED_MASK'
  | 'WS_ERR_UNEXPECTED_RSV_1'
  | 'WS_ERR_UNEXPECTED_RSV_2_3'
  | 'WS_ERR_INVALID_OPCODE'
  | 'WS_ERR_LENGTH_NOT_MINIMAL'
  | 'WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH'
  | 'WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH'
  | 'WS_ERR_EXPECTED_FIN'
  | 'WS_ERR_INVALID_UTF8'
  | 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH'
  | 'WS_ERR_TOO_MANY_BUFFERED_PARTS'
  | 'WS_ERR_INVALID_CLOSE_CODE'
  | 'WS_ERR_EXTENSION_FAILED';

// prettier-ignore
export const VIOLATIONS: Readonly<Record<ViolationCode, Violation>> = {
  MASK_MISSING:              { closeCode: 1002, section: '5.1', errorCode: 'WS_ERR_EXPECTED_MASK', text: 'client frame is not masked' },
  MASK_UNEXPECTED:           { closeCode: 1002, section: '5.1', errorCode: 'WS_ERR_UNEXPECTED_MASK', text: 'server frame is masked' },
  RSV_UNEXPECTED:            { closeCode: 1002, section: '5.2', errorCode: 'WS_ERR_UNEXPECTED_RSV_1', text: 'RSV1 is set where no extension defines it' },
  RSV_2_3_UNEXPECTED:        { closeCode: 1002, section: '5.2', errorCode: 'WS_ERR_UNEXPECTED_RSV_2_3', text: 'RSV2 or RSV3 is set where no extension defines it' },
  OPCODE_RESERVED:           { closeCode: 1002, section: '5.2', errorCode: 'WS_ERR_INVALID_OPCODE', text: 'reserved opcode' },
  LENGTH_NOT_MINIMAL:        { closeCode: 1002, section: '5.2', errorCode: 'WS_ERR_LENGTH_NOT_MINIMAL', text: 'payload length is not in its shortest form' },
  // A length from 2^53 to 2^63 - 1 is legal on the wire and too big for us; the most significant bit is neither.
  LENGTH_TOO_LARGE:          { closeCode: 1009, section: '5.2', errorCode: 'WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH', text: 'payload length is over 2^53 - 1' },
  CONTROL_TOO_LONG:          { closeCode: 1002, section: '5.5', errorCode: 'WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH', text: 'control frame payload is over 125 bytes' },
  CONTROL_FRAGMENTED:        { closeCode: 1002, section: '5.5', errorCode: 'WS_ERR_EXPECTED_FIN', text: 'control frame is fragmented' },
  CONTINUATION_UNEXPECTED:   { closeCode: 1002, section: '5.4', errorCode: 'WS_ERR_INVALID_OPCODE', text: 'continuation frame without a message to continue' },
  CONTINUATION_EXPECTED:     { closeCode: 1002, section: '5.4', errorCode: 'WS_ERR_INVALID_OPCODE', text: 'new message inside a fragmented one' },
  INVALID_UTF8:              { closeCode: 1007, section: '8.1', errorCode: 'WS_ERR_INVALID_UTF8', text: 'text is not valid UTF-8' },
  MESSAGE_TOO_BIG:           { closeCode: 1009, section: '7.4.1', errorCode: 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH', text: 'message is too big' },
  TOO_MANY_FRAGMENTS:        { closeCode: 1008, section: '10.4', errorCode: 'WS_ERR_TOO_MANY_BUFFERED_PARTS', text: 'message has too many fragments' },
  CLOSE_PAYLOAD_TOO_SHORT:   { closeCode: 1002, section: '5.5.1', errorCode: 'WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH', text: 'close frame payload is 1 byte' },
  CLOSE_CODE_INVALID:        { closeCode: 1002, section: '7.4', errorCode: 'WS_ERR_INVALID_CLOSE_CODE', text: 'close code may not be sent' },
  CLOSE_REASON_INVALID_UTF8: { closeCode: 1007, section: '5.5.1', errorCode: 'WS_ERR_INVALID_UTF8', text: 'close reason is not valid UTF-8' },
  // 1007, not 1002: the framing was right; "data within a message that was not consistent with the
  // type of the message" (§7.4.1) is what a payload that its extension cannot decode is.
  EXTENSION_FAILED:          { closeCode: 1007, section: '7.4.1', errorCode: 'WS_ERR_EXTENSION_FAILED', text: 'an extension could not decode the message' },
  HIXIE_LENGTH_TOO_LARGE:    { closeCode: 1009, section: '5.3', errorCode: 'WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH', text: 'length of a hixie binary frame is over the limit' },
};
