/** What is published on channels, from a test's first line to its end. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ConnectionChannels } from '../src/diagnostics/channel-map';

type Name = keyof ConnectionChannels;

const leave: (() => void)[] = [];

/** Subscribes until `unsubscribeAll()`. */
export function published<Channel extends Name>(name: Channel): ConnectionChannels[Channel][] {
  const messages: ConnectionChannels[Channel][] = [];
  const listener = (message: unknown): void =>
    void messages.push(message as ConnectionChannels[Channel]);
  subscribe(name, listener);
  leave.push(() => unsubscribe(name, listener));
  return messages;
}

export function unsubscribeAll(): void {
  for (const end of leave.splice(0)) end();
}
