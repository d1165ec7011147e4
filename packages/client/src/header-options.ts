import { isNone } from '@ws/common';
import { warnOnce } from '@ws/connection';
import { headersToSend } from '@ws/handshake';
import type { HeaderInput, HeadersUse } from '@ws/handshake';

/**
 * An option's headers that there are to send, copied to the last value.
 *
 * @throws {TypeError} they are no object, or one cannot be sent
 */
export function headerOptions(
  given: HeaderInput | null | undefined,
  use: HeadersUse,
  name: string,
): HeaderInput {
  if (isNone(given)) return {};
  const { headers, warnings } = headersToSend(given, use, `option ${name}`);
  for (const warning of warnings) warnOnce(warning, 'WS_WARN_HEADER');
  return headers;
}
