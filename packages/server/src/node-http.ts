import type * as Http from 'node:http';

/** Node's module, which is loaded when it is first used, and not with this package: a client needs none. */
export function http(): typeof Http {
  return process.getBuiltinModule('node:http');
}
