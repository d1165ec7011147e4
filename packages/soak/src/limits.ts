/** What the system has to allow: open files, and ports for the clients. */

/** Files a process needs beside its connections. */
const SPARE_FILES = 200;

/** Few enough for the ephemeral ports of any system, those of ended connections included. */
const CONNECTIONS_PER_ADDRESS = 5000;

/** Few enough for one process not to be the slower side. */
const CONNECTIONS_PER_CLIENT = 5000;

/** Addresses 127.0.0.1, 127.0.0.2, … that the clients connect from. */
export function addressesFor(connections: number): number {
  return Math.ceil(connections / CONNECTIONS_PER_ADDRESS);
}

/** Processes that the clients are spread over. */
export function clientProcessesFor(connections: number): number {
  return Math.ceil(connections / CONNECTIONS_PER_CLIENT);
}

/** @throws {Error} when the server could not open so many sockets; it says what to do. */
export function checkFileLimit(limit: number, connections: number): void {
  const needed = connections + SPARE_FILES;
  if (limit >= needed) return;
  throw new Error(
    `${connections} connections need ${needed} open files and ${limit} are allowed: raise the ` +
      `limit with 'ulimit -n ${needed}' and run again, or ask for fewer --connections`,
  );
}

/** How many files this process, and the children that inherit from it, may open. */
export function openFileLimit(): number {
  const { userLimits } = process.report.getReport() as {
    userLimits?: { open_files?: { soft: number | 'unlimited' } };
  };
  const soft = userLimits?.open_files?.soft ?? 'unlimited';
  return soft === 'unlimited' ? Infinity : soft;
}
