/**
 * What may stand in a Host header: a host and maybe a port, of which a URL can be made. The standard
 * for URLs is stricter than HTTP's grammar: it knows ports, addresses and international names.
 */

/** uri-host [ ":" port ], RFC 9110 §7.2: an address in brackets or a name, by their characters. */
const HOST = /^(?:\[[-.\w~:%]+\]|[-.\w~!$&'()*+,;=%]+)(?::[0-9]*)?$/;

/**
 * The hosts of most requests, which need no closer look. No label begins with `xn--`, which would
 * have to be a valid encoding; the last one does not begin with a digit, so that it is no IPv4
 * address; the port is below 60,000.
 */
const PLAIN_HOST = /^(?:(?!xn--)[-\w]+\.)*(?!xn--)[-a-z_][-\w]*\.?(?::[1-5]?[0-9]{0,4})?$/i;

/** The same for IPv4 addresses. No part begins with a zero, which would make it octal. */
const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const PLAIN_ADDRESS = new RegExp(`^(?:${OCTET}\\.){3}${OCTET}(?::[1-5]?\\d{0,4})?$`);

/** A name in the DNS is no longer. What is longer could exhaust the stack of a regular expression. */
const PLAIN_LENGTH = 255;

/**
 * Whether `text` can stand in a Host header, and makes a URL: `new URL('ws://' + text)` does not
 * throw. Linear in the length of `text`. RFC 9110 §7.2; WHATWG URL §3.5
 */
export function isHost(text: string): boolean {
  return isPlain(text) || (HOST.test(text) && makesUrl(text));
}

function isPlain(text: string): boolean {
  if (text.length > PLAIN_LENGTH) return false;
  return PLAIN_HOST.test(text) || PLAIN_ADDRESS.test(text);
}

/** Not `URL.canParse`, which is younger than some environments. */
function makesUrl(host: string): boolean {
  try {
    new URL(`ws://${host}`);
    return true;
  } catch {
    return false;
  }
}
