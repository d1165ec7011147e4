'use strict';

/** Tests run on the sources; no build is needed first. */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/packages'],
  testMatch: ['**/*.test.ts'],
  moduleNameMapper: { '^@ws/([^/]+)$': '<rootDir>/packages/$1/src' },
  modulePathIgnorePatterns: ['<rootDir>/packages/[^/]+/lib/'],
  transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/packages/tsconfig.tests.json' }] },
  collectCoverageFrom: ['<rootDir>/packages/*/src/**/*.ts', '!**/*.test.ts'],
};
