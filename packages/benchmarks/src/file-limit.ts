/** How many files may be open: each connection is one at both ends. */

/** Files a process needs beside its connections. */
const SPARE_FILES = 100;

/** @throws {Error} when a process may not open `connections` connections; it says what to do. */
export function requireFilesFor(connections: number): void {
  checkFileLimit(openFileLimit(), connections + SPARE_FILES);
}

/** @throws {Error} when `limit` is below `needed`; it says what to do. */
export function checkFileLimit(limit: number, needed: number): void {
  if (limit >= needed) return;
  throw new Error(
    `${needed} open files are needed and ${limit} are allowed: raise the limit with ` +
      `'ulimit -n ${needed}' and run again`,
  );
}

/** How many files this process, and the children that inherit from it, may open. */
function openFileLimit(): number {
  const { userLimits } = process.report.getReport() as {
    userLimits?: { open_files?: { soft: number | 'unlimited' } };
  };
  const soft = userLimits?.open_files?.soft ?? 'unlimited';
  return soft === 'unlimited' ? Infinity : soft;
}
