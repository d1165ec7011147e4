/** What happens to one WebSocket, told to its listeners as events. */
import type { Ending } from '../lifecycle/ending';
import { CloseEvent, ControlEvent, ErrorEvent, MessageEvent, SocketEvent } from './events';
import type { HasUrl, MessageData } from './events';
import type { ListenerTable } from './listener-table';

export class SocketEvents {
  readonly listeners: ListenerTable;
  private readonly target: HasUrl;

  constructor(target: HasUrl, listeners: ListenerTable) {
    this.target = target;
    this.listeners = listeners;
  }

  tell(type: 'open' | 'drain'): void {
    this.listeners.dispatch(new SocketEvent(type, this.target));
  }

  /** @returns whether anybody listens */
  tellMessage(data: MessageData): boolean {
    const { messages } = this.listeners;
    if (messages.length === 0) return false;
    messages.dispatch(new MessageEvent(this.target, data));
    return true;
  }

  /** Copies the payload, if anybody listens. */
  tellControl(type: 'ping' | 'pong', data: Uint8Array): void {
    if (this.listeners.count(type) === 0) return;
    this.listeners.dispatch(new ControlEvent(type, this.target, Buffer.from(data)));
  }

  tellError(error: Error): void {
    this.listeners.dispatch(new ErrorEvent(this.target, error));
  }

  tellClosed(ending: Ending): void {
    this.listeners.dispatch(new CloseEvent(this.target, ending));
  }
}
