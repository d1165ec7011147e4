/** What happens to one WebSocket, told to its listeners as events. */
import { observeControl } from '../diagnostics/observed';
import type { Dispatcher } from '../lifecycle/dispatcher';
import type { Ending } from '../lifecycle/ending';
import type { AnyMessageData } from '../receiving/message-data';
import { isolated } from '../support/callbacks';
import { CloseEvent, ControlEvent, ErrorEvent, SocketEvent } from './events';
import type { EventScene } from './event-scene';
import { CLOSED, OPENED, type LifeHooks } from './life-hooks';
import { ListenerTable } from './listeners';
import { receivedMessage } from './received-message';

/** The listeners of a WebSocket, and the making of events for them. */
export class EventDispatcher extends ListenerTable implements Dispatcher {
  /** The WebSocket itself, which is made after this. */
  target: (EventScene & LifeHooks) | null = null;

  get isHeard(): boolean {
    return this.indexOf('message') !== -1;
  }

  open(): void {
    isolated(() => this.target![OPENED]?.());
    this.dispatch(new SocketEvent('open', this.target!));
    this.outcome?.open(this.target);
  }

  message(data: AnyMessageData): boolean {
    const first = this.indexOf('message');
    if (first === -1) return false;
    this.dispatch(receivedMessage(this.target!, data), first);
    return true;
  }

  /** Copies the payload, if anybody listens. */
  control(type: 'ping' | 'pong', data: Uint8Array): void {
    observeControl(type, 'received', this.target!, data.byteLength);
    if (this.indexOf(type) === -1) return;
    this.dispatch(new ControlEvent(type, this.target!, Buffer.from(data)));
  }

  controlSent(type: 'ping' | 'pong', byteLength: number): void {
    observeControl(type, 'sent', this.target!, byteLength);
  }

  drain(): void {
    this.dispatch(new SocketEvent('drain', this.target!));
  }

  error(error: Error): void {
    this.dispatch(new ErrorEvent(this.target!, error));
  }

  closed(ending: Ending): void {
    isolated(() => this.target![CLOSED]?.());
    this.dispatch(new CloseEvent(this.target!, ending));
    this.end(ending);
  }

  whenListened(action: (() => void) | null): void {
    this.whenHeard = action;
  }
}
