import type { SocketEvent, WebSocketEventType } from './events';
import { ListenerList } from './listeners';
import type { Handler } from './event-target';

/**
 * The listeners of one WebSocket by event type. A list exists from its first use on; there are so few
 * types that following a chain of lists is cheaper, in time and memory, than a Map.
 */
export class ListenerTable {
  /** The list of the one type that is dispatched so often that looking it up would show. */
  readonly messages: ListenerList = new ListenerList('message');

  /** The list of a type, made if there is none. */
  of(type: string): ListenerList {
    return this.find(type) ?? (this.messages.next = new ListenerList(type, this.messages.next));
  }

  /** The list of a type, if there is one. */
  find(type: string): ListenerList | undefined {
    let list: ListenerList | null = this.messages;
    while (list !== null && list.type !== type) list = list.next;
    return list ?? undefined;
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
    for (let list: ListenerList | null = this.messages; list !== null; list = list.next) {
      if (type === undefined || list.type === type) list.removeAll();
    }
  }
}
