/**
 * Whatever a test opens, it registers here; everything is closed when the test is over, the latest
 * first. Importing this file is what makes it happen.
 */
type Release = () => unknown;

let releases: Release[] = [];

/** Has `release` called, and its promise awaited, at the end of the running test. */
export function releaseLater(release: Release): void {
  releases.push(release);
}

afterEach(async () => {
  const pending = releases.reverse();
  releases = [];
  for (const release of pending) await release();
});
