/** Which options a client does not hand on to `tls.connect` and `net.connect`. */

/** Options of `tls.connect` that would dial elsewhere than the URL says. */
export const IGNORED_TLS: ReadonlySet<string> = new Set(['host', 'port', 'path', 'socket']);

/** The same for `net.connect`, and what would keep the bytes from the HTTP parser. */
export const IGNORED_NET: ReadonlySet<string> = new Set(['host', 'port', 'path', 'onread']);
