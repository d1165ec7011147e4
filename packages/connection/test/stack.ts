/** What is on the stack: functions of this toolkit, and the files that they are in. */

export interface Stack {
  readonly frames: number;
  readonly files: number;
}

/** @param standIn the file of a function that the caller stands for, if it does */
export function stackOf(standIn?: string): Stack {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = Infinity;
  const { stack = '' } = new Error();
  Error.stackTraceLimit = stackTraceLimit;
  const files = [...stack.matchAll(/packages\/([\w-]+\/src\/[\w/-]+\.ts)\b/g)].map(
    ([, file]) => file,
  );
  if (standIn !== undefined) files.push(standIn);
  return { frames: files.length, files: new Set(files).size };
}
