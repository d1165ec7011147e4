/** `@ws/frame-parser`: bytes to frames to messages and back, for every wire version. */
export type { ReadMeter } from './chunk-decoder';
export { encodeClosePayload, isValidCloseCode } from './close';
export { FrameDecoder, type FrameDecoderOptions, type FrameSink } from './frame-decoder';
export {
  encodeFragments,
  encodeFrame,
  FIN,
  frameHeaderLength,
  writeFrameHeader,
  writeMaskedFrameHeader,
} from './frame-encoder';
export { judgeHeader, type FrameContext, type FrameHeader } from './frame-header';
export { HixieDecoder, type HixieDecoderOptions } from './hixie/hixie-decoder';
export { encodeHixieText, HIXIE_CLOSING_FRAME } from './hixie/hixie-encoder';
export { masked, maskInPlace } from './mask';
export { randomMaskingKeys, type MaskingKeySource } from './masking-keys';
export { MessageDecoder, type MessageDecoderOptions } from './message-decoder';
export type { MessageSink } from './message-sink';
export { OPCODE } from './opcode';
export type { OutgoingFrame, OutgoingMessage } from './outgoing-frame';
export type { PartSink } from './part-sink';
export { ProtocolError } from './protocol-error';
export { isBorrowed, receiveBuffer } from './receive-buffer';
export { CLIENT, SERVER, type Role } from './role';
export { TextCutter } from './text-cutter';
export { decodeText, decodeUtf8, isValidUtf8, TOO_LONG, utf8Length, Utf8Validator } from './utf8';
export {
  VIOLATIONS,
  type ProtocolErrorCode,
  type Violation,
  type ViolationCode,
} from './violations';
