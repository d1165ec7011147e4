import type { BinaryData, BinaryForms, BinaryType } from '../api/binary-type';

/** What a message carries: text as a string, binary as `binaryType` says. */
export type MessageData<Binary extends BinaryType = 'nodebuffer'> = string | BinaryForms[Binary];

/** The same, where it may say anything. */
export type AnyMessageData = string | BinaryData;
