/**
 * The channels of `node:diagnostics_channel` on which connections tell monitoring what happens. Node changes the prototype of a
 * channel when the first subscriber comes, and back when the last has left: whoever has something to
 * publish keeps the channel, asks `hasSubscribers` each time, and makes a message only then.
 */
import { channel, type Channel } from 'node:diagnostics_channel';

export const openChannel: Channel = channel('websocket:open');
export const closeChannel: Channel = channel('websocket:close');
export const receivedChannel: Channel = channel('websocket:message:received');
export const sentChannel: Channel = channel('websocket:message:sent');
export const pingChannel: Channel = channel('websocket:ping');
export const pongChannel: Channel = channel('websocket:pong');
export const slowReaderChannel: Channel = channel('websocket:slow-reader');
