/** Who an address belongs to, where clients are counted by their addresses. */
import { isIPv6 } from 'node:net';

const GROUPS = 8;
/** A host on the internet has a network of 64 bits, at least, and may use any address of it. (RFC 4291 §2.5.1, RFC 6177) */
const NETWORK = 4;

/**
 * What all addresses of one host have in common: an IPv4 address, also as IPv6 (`::ffff:192.0.2.1`), or the first 64
 * bits of an IPv6 address. Of link-local ones, of which all hosts on the link share these, it is the address. What is
 * no IPv6 address is returned as it is.
 */
export function ownerOf(address: string): string {
  if (!isIPv6(address)) return address;
  const groups = groupsOf(address);
  if (isMapped(groups)) {
    return groups
      .slice(6)
      .flatMap((group) => [group >> 8, group & 0xff])
      .join('.');
  }
  return (isLinkLocal(groups) ? groups : groups.slice(0, NETWORK))
    .map((group) => group.toString(16))
    .join(':');
}

/** The eight groups of 16 bits, without a zone. */
function groupsOf(address: string): number[] {
  const [text = ''] = address.split('%');
  const [first = [], last = []] = text.split('::').map(groupsIn);
  return [...first, ...Array<number>(GROUPS - first.length - last.length).fill(0), ...last];
}

function groupsIn(text: string): number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (!group.includes('.')) return [parseInt(group, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
    return [(a << 8) | b, (c << 8) | d];
  });
}

/** ::ffff:0:0/96, RFC 4291 §2.5.5.2. */
function isMapped(groups: readonly number[]): boolean {
  return groups.slice(0, 6).join() === '0,0,0,0,0,65535';
}

/** fe80::/10, RFC 4291 §2.5.6. */
function isLinkLocal([first = 0]: readonly number[]): boolean {
  return first >> 6 === 0xfe80 >> 6;
}
