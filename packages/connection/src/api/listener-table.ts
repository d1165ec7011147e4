import type { SocketEvent } from './events';
import { ListenerList, type ListenerFunction } from './listeners';

/**
 * The listeners of one WebSocket by event type. A list exists from its first use on; there are so few
 * types that following a chain of lists is cheaper, in time and memory, than a Map.
 */
export class ListenerTable {
  /** The list of the one type that is dispatched so often that looking it up would show. */
  readonly messages: ListenerList = new ListenerList('message');
  /** Whether `close` was dispatched: a signal need not remove listeners any more. */
  ended = false;

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
  attribute<E>(type: string): ListenerFunction<E> | null {
    return (this.find(type)?.attribute ?? null) as ListenerFunction<E> | null;
  }

  /** Sets an `on…` attribute. What is not a function counts as null (HTML §8.1.8.1). */
  setAttribute<E>(type: string, listener: ListenerFunction<E> | null): void {
    this.of(type).setAttribute(typeof listener === 'function' ? listener : null);
  }

  /** Dispatches what has happened; `close` is the last of it. */
  dispatch(event: SocketEvent): void {
    this.find(event.type)?.dispatch(event);
    if (event.type === 'close') this.end();
  }

  removeAll(type?: string): void {
    for (let list: ListenerList | null = this.messages; list !== null; list = list.next) {
      if (type === undefined || list.type === type) list.removeAll();
    }
  }

  private end(): void {
    this.ended = true;
    for (let list: ListenerList | null = this.messages; list !== null; list = list.next) {
      list.forgetSignals();
    }
  }
}
