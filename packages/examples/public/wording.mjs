/** How the page puts what happens. */

const MEANINGS = {
  1000: 'done',
  1001: 'going away',
  1003: 'a message that cannot be taken',
  1005: 'no code',
  1009: 'a message that is too long',
  1011: 'an error',
};
/** What a browser reports when there was no closing frame. */
const LOST = 1006;

/**
 * Who ended a connection, and why.
 *
 * @param who `you`, `the server`, or `they`, if there was a closing handshake
 */
export function wordsForEnd(who, { code, reason }) {
  if (code === LOST) return 'the connection was lost, without a closing handshake (code 1006)';
  const meaning = code in MEANINGS ? `, ${MEANINGS[code]}` : '';
  return `${who} ended it (code ${code}${meaning})${reason === '' ? '' : `: “${reason}”`}`;
}

export function wordsForBytes(bytes) {
  if (bytes < 1024) return `${bytes} bytes`;
  const kibibytes = bytes / 1024;
  return kibibytes < 1024 ? `${kibibytes.toFixed(0)} KiB` : `${(kibibytes / 1024).toFixed(1)} MiB`;
}

/** One, or several, as in a sentence. */
export function wordsForList(names) {
  return new Intl.ListFormat('en').format(names);
}

export const hexOf = (buffer) =>
  Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
