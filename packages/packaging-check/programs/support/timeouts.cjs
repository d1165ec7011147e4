/** The timeouts that a program sets, told by how long they are. */
'use strict';

/**
 * Counts timeouts of a length from now on; `milliseconds` is how long they take instead.
 *
 * @param {number} length
 * @param {number} [milliseconds]
 */
module.exports.observeTimeouts = function observeTimeouts(length, milliseconds = length) {
  const { setTimeout, clearTimeout } = globalThis;
  const waiting = new Set();
  const observed = {
    begun: 0,
    cleared: 0,
    restore: () => Object.assign(globalThis, { setTimeout, clearTimeout }),
  };
  globalThis.setTimeout = (callback, delay, ...args) => {
    if (delay !== length) return setTimeout(callback, delay, ...args);
    const timeout = setTimeout(callback, milliseconds, ...args);
    observed.begun++;
    waiting.add(timeout);
    return timeout;
  };
  globalThis.clearTimeout = (timeout) => {
    if (waiting.delete(timeout)) observed.cleared++;
    clearTimeout(timeout);
  };
  return observed;
};
