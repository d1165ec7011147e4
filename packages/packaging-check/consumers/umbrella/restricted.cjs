'use strict';

/**
 * The umbrella in a process that may make no code: without WebAssembly (`--jitless`), or without `eval()`
 * (`--disallow-code-generation-from-strings`). Its argument is the option that Node was started with.
 */
const assert = require('node:assert/strict');
const WebSocket = require('@ws/websocket');
const echo = require('./echo.cjs');

const RESTRICTIONS = {
  '--jitless': () => assert.equal(typeof WebAssembly, 'undefined'),
  '--disallow-code-generation-from-strings': () => assert.throws(() => eval('1'), EvalError),
};

RESTRICTIONS[process.argv[2]]();
echo({ WebSocket, Client: WebSocket.Client, isWebSocket: WebSocket.isWebSocket });
