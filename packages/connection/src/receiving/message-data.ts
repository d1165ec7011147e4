import type { BinaryData, BinaryForms, BinaryType } from '../api/binary-type';

/** What text is handed over as, for each `textType`. */
export interface TextForms {
  readonly string: string;
  /** A `TextBuffer`. */
  readonly buffer: Buffer;
}

/** How text is handed over: decoded, or as the UTF-8 that it came in. */
export type TextType = keyof TextForms;

/** What a message carries: text as `textType` says, binary as `binaryType` says. */
export type MessageData<
  Binary extends BinaryType = 'nodebuffer',
  Text extends TextType = 'string',
> = TextForms[Text] | BinaryForms[Binary];

/** The same, where both may say anything. */
export type AnyMessageData = string | BinaryData;
