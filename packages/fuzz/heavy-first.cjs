'use strict';
/**
 * The order of the test files: those of the faulty link and the models first. They take millions of
 * turns of the event loop, and Jest, which keeps an async context for every file that it has run in a
 * process, makes each of these turns slower with every file before.
 */
const { default: Sequencer } = require('@jest/test-sequencer');

const HEAVY = /packages[\\/]fuzz[\\/]/;

module.exports = class HeavyFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const isHeavy = ({ path }) => HEAVY.test(path);
    return [...sorted.filter(isHeavy), ...sorted.filter((test) => !isHeavy(test))];
  }
};
