import type { BinaryType } from './binary-type';
import type { WebSocket } from './websocket';
import type { TextType } from '../receiving/message-data';

/** A WebSocket, whatever its messages come as. */
export type AnyWebSocket = WebSocket<BinaryType, TextType>;
