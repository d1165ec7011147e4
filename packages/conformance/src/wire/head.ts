/** The head of an HTTP message: a start line and headers, changed as a case asks, written, read. */
import type { HeadChange } from '../model/case';

export interface Head {
  readonly startLine: string;
  /** By name in lower case, every value in order. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  /** All of it as it came, in Latin-1. */
  readonly raw: string;
}

export type HeaderList = readonly (readonly [name: string, value: string])[];

const END = Buffer.from('\r\n\r\n');

/** Longer than any head that an endpoint has a reason to send. */
export const LONGEST_HEAD = 65_536;

/** Writes a head in Latin-1, as it was decided on before any change. */
export function writeHead(startLine: string, headers: HeaderList, change: HeadChange = {}): Buffer {
  const lines = changed(headers, change.headers ?? {}).map(([name, value]) => `${name}: ${value}`);
  const head = [change.startLine ?? startLine, ...lines, '', ''].join('\r\n');
  return Buffer.from(head, 'latin1');
}

/** Splits octets behind the blank line; undefined while there is none. */
export function splitHead(octets: Buffer): { head: Head; rest: Buffer } | undefined {
  const end = octets.indexOf(END);
  if (end === -1) return undefined;
  const raw = octets.toString('latin1', 0, end);
  const [startLine = '', ...lines] = raw.split('\r\n');
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), line.slice(colon + 1).trim()]);
  }
  return { head: { startLine, headers, raw }, rest: octets.subarray(end + END.length) };
}

/** The only value of a header; undefined if there is none, or more than one. */
export function single(head: Head, name: string): string | undefined {
  const values = head.headers.get(name) ?? [];
  return values.length === 1 ? values[0] : undefined;
}

/** All values of a list header in one; undefined if there is none. */
export function joined(head: Head, name: string): string | undefined {
  return head.headers.get(name)?.join(', ');
}

/** Whether a list header has a token, in any case. */
export function lists(head: Head, name: string, token: string): boolean {
  const tokens = (joined(head, name) ?? '').split(',').map((item) => item.trim().toLowerCase());
  return tokens.includes(token);
}

function changed(
  headers: HeaderList,
  changes: NonNullable<HeadChange['headers']>,
): (readonly [string, string])[] {
  const kept = headers.filter(([name]) => !Object.hasOwn(changes, name));
  const added = Object.entries(changes).flatMap(([name, values]) => {
    const list = values === null ? [] : [values].flat();
    return list.map((value): readonly [string, string] => [name, value]);
  });
  return [...kept, ...added];
}
