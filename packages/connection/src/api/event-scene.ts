import type { BinaryType } from './binary-type';

/**
 * What an event happens on: a WebSocket, of which the events need to know no more.
 *
 * @inline
 */
export interface EventScene {
  readonly url: string;
  readonly binaryType: BinaryType;
}
