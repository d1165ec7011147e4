/** Group C: the close codes from 0 to 5000 (RFC 6455 §7.4, and the registry that it opened). */
import { close, exactly, send } from '../model/builders';
import type { Case } from '../model/case';
import { BAD_CLOSE, echoed } from '../model/closing-rules';

const MOST = 5000;

/** On both sides of every border, and every registered one. */
const QUICK = new Set([
  0, 1, 125, 999, 1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008, 1009, 1010, 1011, 1012,
  1013, 1014, 1015, 1016, 1999, 2000, 2999, 3000, 3001, 3999, 4000, 4999, 5000,
]);

/** Registered for use in closing frames. 1004, 1005, 1006 and 1015 are absent on purpose (§7.4.1). */
const REGISTERED = new Set([
  1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014,
]);

export const CLOSE_CODES: readonly Case[] = Array.from({ length: MOST + 1 }, (_, code) =>
  withCode(code),
);

function withCode(code: number): Case {
  // "Status codes in the range 3000-3999 are reserved for use by libraries … 4000-4999 … for private use" §7.4.2
  const valid = REGISTERED.has(code) || (code >= 3000 && code <= 4999);
  return {
    id: `C.${code}`,
    title: `A closing frame with the code ${code}`,
    expects: valid
      ? 'The closing frame is answered, and the connection closes cleanly.'
      : 'The code may not be sent: the connection fails.',
    fullOnly: !QUICK.has(code),
    informational: code >= 5000,
    closing: valid ? echoed(code) : BAD_CLOSE,
    script: () => ({ steps: [send(close(code))], outcomes: exactly() }),
  };
}
