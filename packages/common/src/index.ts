export { describe } from './describe';
export { Fifo } from './fifo';
export { isError } from './is-error';
export { isKnownNode } from './known-node';
export { nearestName } from './nearest-name';
export { isNone } from './none';
export {
  booleanOption,
  choiceOption,
  givenOptions,
  integerOption,
  LONGEST_TIMEOUT,
  numberOption,
  optional,
  timeoutOption,
} from './option-values';
export type { IntegerRange } from './option-values';
export {
  CLIENT_OPTIONS,
  DEFLATE_ELSEWHERE,
  optionsElsewhere,
  SEND_ELSEWHERE,
  SERVER_OPTIONS,
  tlsOptionsIn,
} from './options-elsewhere';
export type { End } from './options-elsewhere';
export { knownOptions } from './unknown-options';
export type { UnknownOptionHelp } from './unknown-options';
