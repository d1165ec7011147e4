'use strict';
/**
 * The order of Jest's test files: the slowest first, so that no core waits for one of them at the end.
 * Jest knows how long each has taken once it has run them, and a new clone does not.
 */
const { default: Sequencer } = require('@jest/test-sequencer');

const SLOW =
  /fuzz.src|examples.test.(page|frameworks)|benchmarks.src.main|packaging-check.test.programs|websocket.test.typescript/;

module.exports = class SlowFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const isSlow = ({ path }) => SLOW.test(path);
    return [...sorted.filter(isSlow), ...sorted.filter((test) => !isSlow(test))];
  }
};
