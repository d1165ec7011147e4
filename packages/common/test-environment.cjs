'use strict';
/**
 * Jest's environment of Node, without what slows a process down with every file that it has tested: the
 * AsyncLocalStorage that Jest makes for each file, and those of the file, stay enabled, and Node 20
 * visits every one of them for every promise. Here they end with their file.
 */
const { AsyncLocalStorage } = require('node:async_hooks');
const { TestEnvironment } = require('jest-environment-node');

const entered = new Set();

for (const name of ['run', 'enterWith']) {
  const original = AsyncLocalStorage.prototype[name];
  AsyncLocalStorage.prototype[name] = function (...args) {
    entered.add(this);
    return original.apply(this, args);
  };
}

module.exports = class extends TestEnvironment {
  async teardown() {
    for (const storage of entered) storage.disable();
    entered.clear();
    await super.teardown();
  }
};
