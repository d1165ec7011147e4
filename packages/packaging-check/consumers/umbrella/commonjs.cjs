'use strict';

/** The umbrella in a CommonJS program: the module is the class. */
const assert = require('node:assert/strict');
const WebSocket = require('@ws/websocket');
const echo = require('./echo.cjs');

assert.equal(typeof WebSocket, 'function');
assert.equal(WebSocket.WebSocket, WebSocket);
assert.ok(WebSocket.Client.prototype instanceof Object.getPrototypeOf(WebSocket));
assert.equal(WebSocket.EventSource, require('@ws/event-source').EventSource);

echo({ WebSocket, Client: WebSocket.Client, isWebSocket: WebSocket.isWebSocket });
