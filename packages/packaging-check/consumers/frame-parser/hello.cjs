'use strict';

/** What any program that has the frame parser can do: read a frame of §5.7 of the RFC. */
const assert = require('node:assert/strict');

const MASKED_HELLO = [0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58];

module.exports = function decodeHello({ MessageDecoder, SERVER }) {
  const texts = [];
  const others = ['onBinary', 'onReserved', 'onPing', 'onPong', 'onClose', 'onViolation'];
  const sink = Object.fromEntries(others.map((name) => [name, () => assert.fail(name)]));
  sink.onText = (text) => texts.push(text);
  new MessageDecoder(SERVER, sink).push(Uint8Array.from(MASKED_HELLO));
  assert.deepEqual(texts, ['Hello']);
};
