/**
 * The event of a message that has come. To its listeners it is a MessageEvent. It is made by a class of its own, since V8
 * compiles no constructor into its caller that calls `super()`: that is a twelfth of what a small message costs. So what is
 * private in SocketEvent is here once more; all else is inherited from MessageEvent.
 */
import type { MessageData, TextType } from '../receiving/message-data';
import { now } from '../support/scheduling';
import type { EventScene } from './event-scene';
import { MessageEvent } from './events';

class ReceivedMessage<Target extends EventScene> {
  readonly type = 'message';
  readonly data: MessageData<Target['binaryType'], TextType>;
  readonly #target: Target;
  #currentTarget: Target | null = null;
  #cancelBubble = false;
  #firstLook = -1;

  constructor(target: Target, data: MessageData<Target['binaryType'], TextType>) {
    this.data = data;
    this.#target = target;
  }

  get target(): Target {
    return this.#target;
  }

  get currentTarget(): Target | null {
    return this.#currentTarget;
  }

  set currentTarget(target: Target | null) {
    this.#currentTarget = target;
  }

  get cancelBubble(): boolean {
    return this.#cancelBubble;
  }

  set cancelBubble(value: boolean) {
    this.#cancelBubble = value;
  }

  get timeStamp(): number {
    if (this.#firstLook < 0) this.#firstLook = now();
    return this.#firstLook;
  }
}
Object.setPrototypeOf(ReceivedMessage.prototype, MessageEvent.prototype);
Object.defineProperty(ReceivedMessage.prototype, 'constructor', { value: MessageEvent });

/** Makes the event of a message. */
export function receivedMessage<Target extends EventScene>(
  target: Target,
  data: MessageData<Target['binaryType'], TextType>,
): MessageEvent<Target> {
  return new ReceivedMessage(target, data) as unknown as MessageEvent<Target>;
}
