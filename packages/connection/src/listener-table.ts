import type { SocketEvent, WebSocketEventType } from './events';
import { ListenerList } from './listeners';
import type { Handler } from './socket-event-target';

/**
 * The listeners of one WebSocket by event type. A list exists from its first use on; there are so few
 * types that looking through them is cheaper, in time and memory, than a Map.
 */
export class ListenerTable {
  /** The list of the one type that is dispatched so often that looking it up would show. */
  readonly messages: ListenerList = new ListenerList('message');
  private lists: readonly ListenerList[] = [this.messages];

  /** The list of a type, made if there is none. */
  of(type: string): ListenerList {
    let list = this.find(type);
    if (list === undefined) this.lists = [...this.lists, (list = new ListenerList(type))];
    return list;
  }

  /** The list of a type, if there is one. */
  find(type: string): ListenerList | undefined {
    for (const list of this.lists) if (list.type === type) return list;
    return undefined;
  }

  count(type: string): number {
    return this.find(type)?.length ?? 0;
  }

  /** The listener of an `on…` attribute. */
  attribute<Type extends WebSocketEventType>(type: Type): Handler<Type> {
    return (this.find(type)?.attribute ?? null) as Handler<Type>;
  }

  /** Sets an `on…` attribute. What is not a function counts as null (HTML §8.1.8.1). */
  setAttribute<Type extends WebSocketEventType>(type: Type, listener: Handler<Type>): void {
    this.of(type).setAttribute(typeof listener === 'function' ? listener : null);
  }

  dispatch(event: SocketEvent): void {
    this.find(event.type)?.dispatch(event);
  }

  removeAll(type?: string): void {
    for (const list of this.lists) if (type === undefined || list.type === type) list.removeAll();
  }
}
