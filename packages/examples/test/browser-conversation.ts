/** A page that has messages sent back to it, and what it should see. */
import { createHash } from 'node:crypto';

/** Lengths of the messages: UTF-16 code units of texts, and bytes. */
export const SIZES: readonly number[] = [0, 1, 125, 126, 1023, 1024, 16_384, 65_536, 2 ** 20];

export interface Seen {
  readonly extensions: string;
  /** The SHA-1 of each echo of text, then of bytes. */
  readonly digests: readonly string[];
  readonly code: number;
}

/** In the page: has messages of these sizes sent back, twice over, and closes. */
export async function conversation([url, sizes]: [string, readonly number[]]): Promise<Seen> {
  const ws = new globalThis.WebSocket(url);
  ws.binaryType = 'arraybuffer';
  await new Promise((resolve) => (ws.onopen = resolve));
  const digests: string[] = [];
  const echo = (message: string | Uint8Array<ArrayBuffer>): Promise<string | ArrayBuffer> => {
    ws.send(message);
    return new Promise((resolve) => {
      ws.onmessage = ({ data }: { data: string | ArrayBuffer }) => resolve(data);
    });
  };
  for (const size of [...sizes, ...sizes]) {
    const text = 'The 🦊 is quick – €. '.repeat(size / 21 + 1).slice(0, size);
    const bytes = Uint8Array.from({ length: size }, (_, at) => (at * at) >> 5);
    for (const message of [text, bytes]) {
      const data = await echo(message);
      const raw = typeof data === 'string' ? new TextEncoder().encode(data) : new Uint8Array(data);
      const hash = await crypto.subtle.digest('SHA-1', raw);
      digests.push(
        Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join(''),
      );
    }
  }
  const { extensions } = ws;
  ws.close(3000);
  const code = await new Promise<number>(
    (resolve) => (ws.onclose = (event) => resolve(event.code)),
  );
  return { extensions, digests, code };
}

/** What the page should have got back. */
export function expectedDigests(): string[] {
  const digests = SIZES.flatMap((size) => {
    const text = 'The 🦊 is quick – €. '.repeat(size / 21 + 1).slice(0, size);
    const bytes = Uint8Array.from({ length: size }, (_, at) => (at * at) >> 5);
    return [text, bytes].map((data) => createHash('sha1').update(data).digest('hex'));
  });
  return [...digests, ...digests];
}
