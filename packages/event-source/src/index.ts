/** Server-sent events from a Node server's requests and responses. */
export { EventSource } from './event-source';
export type { EventSourceEvent, EventSourceEventMap } from './event-source';
export type { EventRequest, EventResponse } from './arguments';
export type { EventMessage } from './message-text';
export type { EventOptions } from './event-options';
export { EVENT_SOURCE_OPTIONS } from './options';
export type { EventSourceOptions } from './options';
