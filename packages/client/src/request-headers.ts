import type { OutgoingHttpHeaders } from 'node:http';

/**
 * Headers as `http.request` takes them so that an agent can read and change them: with a list, Node
 * would have written the head before the agent sees the request.
 *
 * @param entries names and values, in the order to send them; names may come again, in any case
 */
export function requestHeaders(
  entries: readonly [name: string, value: string][],
): OutgoingHttpHeaders {
  const byName = new Map<string, [name: string, values: string[]]>();
  for (const [name, value] of entries) {
    const [, values] = byName.get(name.toLowerCase()) ?? [name, []];
    if (values.push(value) === 1) byName.set(name.toLowerCase(), [name, values]);
  }
  return Object.fromEntries(
    [...byName.values()].map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
  );
}
