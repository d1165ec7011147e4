/** How many of zlib's jobs run at a time: as many as Node's thread pool has threads, if there are processors for them. */
/** What libuv takes where it is not told. */
const USUAL_SIZE = 4;

/** @param size the environment variable `UV_THREADPOOL_SIZE`; what is no number is 1 to libuv, too */
export function threadsFor(
  size: string | undefined = sizeWanted(),
  processors: number = process.getBuiltinModule('node:os').availableParallelism(),
): number {
  const threads = size === undefined ? USUAL_SIZE : Number.parseInt(size, 10) || 1;
  return Math.max(1, Math.min(threads, processors));
}

/** Deno throws where a program may not read its environment. */
function sizeWanted(): string | undefined {
  try {
    return process.env['UV_THREADPOOL_SIZE'];
  } catch {
    return undefined;
  }
}
