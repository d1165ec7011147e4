/** A program for whatever WebSocket there is: with the browser's types, ours is one of theirs. */
import WebSocket, { Client, type MessageEvent } from '@ws/websocket';
import { webSocket } from 'rxjs/webSocket';

type Constructor = typeof globalThis.WebSocket;

/** As rxjs and others take it. */
type WebSocketCtor = new (url: string, protocols?: string | string[]) => globalThis.WebSocket;

export const constructors: (WebSocketCtor | Constructor)[] = [WebSocket, Client];
export const everywhere: WebSocketCtor = Client;
export const standard: Constructor = WebSocket;

export const subject = webSocket({ url: 'ws://localhost/', WebSocketCtor: WebSocket });

export const made: globalThis.WebSocket = new WebSocket('ws://localhost/');
export const ours = new Client<'arraybuffer'>('ws://localhost/', ['chat']);
export const theirs: globalThis.WebSocket = ours;

const onMessage = (event: globalThis.MessageEvent): void => console.log(event.data);
const onClose = (event: globalThis.CloseEvent): void => console.log(event.code, event.wasClean);
const onEvent = (event: Event): void => console.log(event.type, event.eventPhase);

ours.addEventListener('message', onMessage);
ours.addEventListener('close', onClose);
ours.addEventListener('error', onEvent, { once: true });
ours.onmessage = onMessage;
ours.onclose = onClose;
ours.onerror = onEvent;
ours.onopen = onEvent;

ours.addEventListener('message', (event: MessageEvent<'arraybuffer'>) => onMessage(event));
// @ts-expect-error -- Buffers are not among what DOM's binaryType may say
export const buffers: globalThis.WebSocket = new WebSocket<'nodebuffer'>('ws://localhost/');
