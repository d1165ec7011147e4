import type { BinaryData } from '../api/binary-type';

/** What a message carries: text as a string, binary as `binaryType` says. */
export type MessageData = string | BinaryData;
