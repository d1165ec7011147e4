import { ProtocolError } from '@ws/frame-parser';
import { ConnectionError } from '../lifecycle/connection-error';
import type { ConnectionErrorCode } from '../lifecycle/connection-error';
import { failedOpening } from '../lifecycle/ending';
import type { Ending } from '../lifecycle/ending';
import { passedStatus } from './passed-status';

const status = (code: number, reason = '') => ({ code, reason });
const failure = (code: ConnectionErrorCode) => new ConnectionError(code);
const ENDING: Ending = {
  ...status(1006),
  wasClean: false,
  initiator: 'local',
  cause: null,
  sent: null,
  received: null,
};
const reset = Object.assign(new Error(), { code: 'ECONNRESET' as const });
const unmasked = new ProtocolError('MASK_MISSING');

test.each<[string, Partial<Ending>, [code: number, reason: string] | null]>([
  ['closed by the peer', { initiator: 'remote', received: status(4001, 'why') }, [4001, 'why']],
  ['… without a code', { initiator: 'remote', received: status(1005) }, [1005, '']],
  ['… and reset', { initiator: 'remote', received: status(4001), cause: reset }, [4001, '']],
  ['closed here', { sent: status(4001), received: status(4001) }, [4001, '']],
  ['closed here, and reset', { sent: status(4001), cause: reset }, [4001, '']],
  ['reset', { initiator: 'network', cause: reset }, null],
  ['terminated', { cause: failure('WS_ERR_TERMINATED') }, null],
  ['silent', { initiator: 'timeout', cause: failure('WS_ERR_PING_TIMEOUT') }, null],
  ['never opened', failedOpening(reset, false), null],
  ['never read', failedOpening(failure('WS_ERR_SLOW_READER'), true), [1013, '']],
  [
    'failed',
    { initiator: 'protocol', cause: unmasked, sent: status(1002, 'mask'), received: status(1000) },
    [1002, 'mask'],
  ],
  ['failed, by hixie', { initiator: 'protocol', cause: unmasked, sent: status(1000) }, [1002, '']],
  ['failed, too late for a frame', { initiator: 'protocol', cause: unmasked }, [1002, '']],
  ['without bytes', { cause: failure('WS_ERR_NO_BINARY'), sent: status(1000) }, [1003, '']],
  ['without fragments', { cause: failure('WS_ERR_NOT_SENT'), sent: status(1000) }, [1011, '']],
])('a connection that was %s', (_, ending, passed) => {
  expect(passedStatus({ ...ENDING, ...ending })).toEqual(passed && status(...passed));
});
