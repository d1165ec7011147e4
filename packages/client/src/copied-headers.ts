import type { HeaderInput } from '@ws/handshake';

/** Headers that share nothing with `headers` that could change. */
export function copiedHeaders(headers: HeaderInput): HeaderInput {
  const entries = Object.entries(headers).map(([name, value]): [string, HeaderInput[string]] => [
    name,
    typeof value === 'object' ? [...value] : value,
  ]);
  return Object.fromEntries(entries);
}
