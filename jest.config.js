'use strict';

/** Tests run on the sources; no build is needed first. */
module.exports = {
  testEnvironment: '<rootDir>/packages/common/test-environment.cjs',
  setupFilesAfterEnv: ['<rootDir>/packages/common/compare-bytes.cjs'],
  // As many as there are cores; Jest's own default leaves one of two idle.
  maxWorkers: '100%',
  // Tests that run at the same time are those that wait.
  maxConcurrency: 12,
  // No test takes this long; one that hangs is given up, one on a busy machine is not.
  testTimeout: 60_000,
  testSequencer: '<rootDir>/packages/common/slow-tests-first.cjs',
  roots: ['<rootDir>/packages'],
  testMatch: ['**/*.test.ts'],
  moduleNameMapper: {
    '^@ws/([^/]+)$': '<rootDir>/packages/$1/src',
    '^@ws/websocket/stream$': '<rootDir>/packages/websocket/src/stream',
    // Examples import each other as ES modules have to, by the name of the compiled file.
    '^(\\.{1,2}/(?:chat-server|users))\\.js$': '$1',
  },
  modulePathIgnorePatterns: ['<rootDir>/packages/[^/]+/(?:lib|dist)/'],
  // Types are checked by the build.
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { swcrc: false, jsc: { parser: { syntax: 'typescript' }, target: 'es2023' } },
    ],
  },
  collectCoverageFrom: ['<rootDir>/packages/*/src/**/*.ts', '!**/*.test.ts'],
};
