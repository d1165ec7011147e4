/** Running a script on one processor core. */
import { spawnSync, type ForkOptions } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** True when processes can be pinned and there is a core each for a server and its load. */
export const CAN_PIN: boolean = availableParallelism() > 1 && [0, 1].every(isCoreUsable);

/** How to fork a script that `program` runs on `core`; on any core where that cannot be chosen. */
export function launcherFor(
  [path, ...args]: readonly [path: string, ...args: string[]],
  core: number | undefined,
): ForkOptions {
  if (core === undefined || !CAN_PIN) return { execPath: path, execArgv: args };
  return { execPath: 'taskset', execArgv: ['-c', String(core), path, ...args] };
}

function isCoreUsable(core: number): boolean {
  return spawnSync('taskset', ['-c', String(core), 'true'], { stdio: 'ignore' }).status === 0;
}
