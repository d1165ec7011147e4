/** Modules of Node's that not every program needs: each is loaded when it is first used, and not with this package. */
import type * as Http from 'node:http';
import type * as Https from 'node:https';
import type * as Tls from 'node:tls';

export function http(): typeof Http {
  return process.getBuiltinModule('node:http');
}

export function https(): typeof Https {
  return process.getBuiltinModule('node:https');
}

export function tls(): typeof Tls {
  return process.getBuiltinModule('node:tls');
}
