/** The newest major version of Node that the use of its insides was tried on. */
const NEWEST_KNOWN = 26;

/**
 * Whether this is a Node whose insides may be used, once they have been rehearsed. No later version is: some
 * mistakes there end the process.
 *
 * @param versions as in `process.versions`. Other runtimes call themselves Node too, but are different inside
 */
export function isKnownNode(versions: NodeJS.ProcessVersions): boolean {
  const major = Number.parseInt(versions.node, 10);
  return major <= NEWEST_KNOWN && !('bun' in versions) && !('deno' in versions);
}
