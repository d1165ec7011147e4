'use strict';

const common = require('../../jest.config.js');

/** The checks of the built site, which is not built for every test run: `npm run check:docs`. */
module.exports = {
  ...common,
  rootDir: '../..',
  roots: ['<rootDir>/packages/docs/test/site'],
  testMatch: ['**/*.spec.ts'],
};
