/** Warnings of what is probably a mistake of the application, where it cannot be refused. */

/** What the application passes may be in a text: so many different ones are remembered, and shown. */
const MOST_TEXTS = 100;

const shown = new Set<string>();

/** Has the process emit a `WebSocketWarning`, once for each text. */
export function warnOnce(text: string, code: string): void {
  if (shown.has(text) || shown.size >= MOST_TEXTS) return;
  shown.add(text);
  process.emitWarning(text, { type: 'WebSocketWarning', code });
}
