/** The umbrella in an ES module: the class is the default export, and has its names beside it. */
import assert from 'node:assert/strict';
import { EventSource as Alone } from '@ws/event-source';
import WebSocket, { Client, EventSource, isWebSocket, WebSocket as Named } from '@ws/websocket';
import echo from './echo.cjs';

assert.equal(Named, WebSocket);
assert.equal(Client, WebSocket.Client);
assert.equal(EventSource, WebSocket.EventSource);
assert.equal(EventSource, Alone);
assert.equal(isWebSocket, WebSocket.isWebSocket);

await echo({ WebSocket, Client, isWebSocket });
