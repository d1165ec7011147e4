import {
  ConnectionError,
  Deadline,
  ListenerTable,
  ListenerTarget,
  showAttributes,
  soon,
  TargetErrorEvent,
  TargetEvent,
} from '@ws/connection';
import { acceptsEvents } from './accept';
import { checkArguments, isGone, type EventRequest, type EventResponse } from './arguments';
import { eventFields, type EventOptions } from './event-options';
import { COMMENT, eventText, retryText } from './event-stream';
import { messageText, type EventMessage } from './message-text';
import { eventSourceSettings, type EventSourceOptions, type EventSourceSettings } from './options';
import { lastEventIdOf, urlOf } from './request-facts';
import { writeHead } from './response-head';
import { ResponseWriter } from './response-writer';

/** Something that happened to an EventSource; it has the attributes of a DOM Event. */
export type EventSourceEvent = TargetEvent<EventSource>;

/** The events of an EventSource by their type. */
export interface EventSourceEventMap {
  /** Events can be sent, and are. */
  open: EventSourceEvent;
  /** There is room again after `send()` returned false. */
  drain: EventSourceEvent;
  /** The client reads too slowly; `close` follows. */
  error: TargetErrorEvent<EventSource>;
  /** Either side has closed; always the last event. */
  close: EventSourceEvent;
}

const CONNECTING = 0;
const OPEN = 1;
const CLOSED = 3;

/** The server's end of a stream of events (HTML §9.2): it answers a request, and keeps on answering. */
export class EventSource extends ListenerTarget<EventSourceEventMap> {
  /** Whether a request asks for events: a GET whose `Accept` names `text/event-stream`. */
  static isEventSource(this: void, request: EventRequest): boolean {
    return acceptsEvents(request);
  }

  readonly #listeners: ListenerTable;
  readonly #settings: EventSourceSettings;
  readonly #writer: ResponseWriter;
  readonly #url: string;
  readonly #lastEventId: string;
  #readyState: 0 | 1 | 3 = CONNECTING;
  #isDrainDue = false;
  #pinging: Deadline | null = null;

  /**
   * Writes the head of the response. `open` follows after the current tick, or `close` if the client has
   * left, or asked for the head alone.
   *
   * @param response of HTTP/1 or HTTP/2; the EventSource owns it from here on
   * @throws {TypeError} `request` or `response` is something else; an option is unknown or has the wrong type, or a header cannot be sent
   * @throws {RangeError} an option is out of range
   * @throws {DOMException} InvalidStateError: the response has begun already
   */
  constructor(request: EventRequest, response: EventResponse, options?: EventSourceOptions | null) {
    checkArguments(request, response);
    const settings = eventSourceSettings(options);
    const listeners = new ListenerTable();
    super(listeners);
    this.#listeners = listeners;
    this.#settings = settings;
    this.#url = urlOf(request, settings.trustProxy);
    this.#lastEventId = lastEventIdOf(request);
    this.#writer = new ResponseWriter(request, response, {
      drained: () => this.#drained(),
      closed: () => this.#finish(),
    });
    if (isGone(request, response)) soon(() => this.#writer.abandon());
    else this.#begin(request, response);
  }

  /** The URL that was asked for, as `http:` or `https:`. */
  get url(): string {
    return this.#url;
  }

  /** The id of the last event that the client has seen before it connected again; `''` if none. */
  get lastEventId(): string {
    return this.#lastEventId;
  }

  /** 0 before `open`, 1 when it is open, 3 when it is closed. */
  get readyState(): 0 | 1 | 3 {
    return this.#readyState;
  }

  /** Whether events can be sent: it is not closed. */
  get writable(): boolean {
    return this.#readyState !== CLOSED;
  }

  /** Bytes that wait for the client to read. A few of the response's own are not counted. */
  get bufferedAmount(): number {
    return this.#writer.bufferedAmount;
  }

  /**
   * Sends an event; before `open`, too. What is sent in one tick leaves together.
   *
   * @param message text, bytes of UTF-8, or what `String` makes text of
   * @returns false if more than `highWaterMark` waits (it was taken all the same, and `drain` follows); or
   * if it was not taken, because this is closed or more than `maxBufferedAmount` would wait
   * @throws {TypeError} the message has no text; an option is unknown, or has CR, LF or NUL in it
   */
  send(message: EventMessage, options?: EventOptions | null): boolean {
    return this.#write(eventText(messageText(message), eventFields(options)));
  }

  /** The same, for streams that are piped into this. */
  write(message: EventMessage): boolean {
    return this.send(message);
  }

  /** Sends a comment, of which the client's application hears nothing. @returns as `send()` */
  ping(): boolean {
    return this.#write(COMMENT);
  }

  /** Sends a last event, if there is a message, and closes. @throws as `send()` */
  end(message?: EventMessage): void {
    if (message !== undefined) this.send(message);
    this.close();
  }

  /**
   * Ends the response behind what was sent, and dispatches `close`. The client will connect again, unless
   * it is told not to (by the status 204) or closes itself.
   *
   * @returns false if it is closed already
   */
  close(): boolean {
    if (this.#readyState === CLOSED) return false;
    this.#writer.end(this.#settings.closeTimeout);
    this.#finish();
    return true;
  }

  #begin(request: EventRequest, response: EventResponse): void {
    const { headers, retry, ping } = this.#settings;
    writeHead(request, response, headers);
    response.setTimeout(0);
    // The head leaves with the first bytes.
    this.#write(retry === null ? COMMENT : retryText(retry));
    if (ping !== null) this.#pingEvery(ping);
    soon(() => (request.method === 'HEAD' ? this.close() : this.#open()));
  }

  #open(): void {
    if (this.#readyState !== CONNECTING) return;
    this.#readyState = OPEN;
    this.#listeners.dispatch(new TargetEvent('open', this));
  }

  /** Not while other bytes wait: they say as much. */
  #pingEvery(interval: number): void {
    const deadline = new Deadline(() => {
      if (this.bufferedAmount === 0) this.ping();
      deadline.start(interval);
    });
    deadline.start(interval);
    this.#pinging = deadline;
  }

  #write(text: string): boolean {
    if (this.#readyState === CLOSED) return false;
    const bytes = Buffer.byteLength(text);
    // What waits for the end of the tick alone is not for the client to answer for.
    if (!this.#hasRoom(bytes)) this.#writer.flush();
    if (!this.#hasRoom(bytes)) return this.#giveUp();
    this.#writer.write(text, bytes);
    if (this.bufferedAmount <= this.#settings.highWaterMark) return true;
    this.#isDrainDue = true;
    return false;
  }

  #hasRoom(bytes: number): boolean {
    const waiting = this.bufferedAmount;
    return waiting === 0 || waiting + bytes <= this.#settings.maxBufferedAmount;
  }

  #drained(): void {
    if (!this.#isDrainDue || this.#readyState === CLOSED) return;
    this.#isDrainDue = false;
    this.#listeners.dispatch(new TargetEvent('drain', this));
  }

  /** Whoever sends is told by events, after the call. */
  #giveUp(): false {
    this.#leave();
    this.#writer.destroy();
    soon(() => {
      const error = new ConnectionError('WS_ERR_SLOW_READER');
      this.#listeners.dispatch(new TargetErrorEvent(this, error));
      this.#tellClosed();
    });
    return false;
  }

  #finish(): void {
    if (this.#readyState === CLOSED) return;
    this.#leave();
    this.#tellClosed();
  }

  #leave(): void {
    this.#readyState = CLOSED;
    this.#pinging?.stop();
  }

  #tellClosed(): void {
    this.#listeners.dispatch(new TargetEvent('close', this));
    this.#listeners.forgetSignals();
  }
}

showAttributes(EventSource, ['url', 'readyState', 'lastEventId', 'bufferedAmount']);
Object.defineProperty(EventSource.prototype, Symbol.toStringTag, {
  value: 'EventSource',
  configurable: true,
});
