/** Where a run took place. */
import { cpus } from 'node:os';

/** Node's version, the system and its cores, in a line. */
export function machine(): string {
  const cores = cpus();
  const model = cores[0]?.model.trim() ?? 'unknown';
  return `Node ${process.version}, ${process.platform} ${process.arch}, ${cores.length} cores (${model})`;
}
