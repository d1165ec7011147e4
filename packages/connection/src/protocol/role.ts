import {
  CLIENT as FRAMING_CLIENT,
  isValidCloseCode,
  SERVER as FRAMING_SERVER,
} from '@ws/frame-parser';
import type { Role as FramingRole } from '@ws/frame-parser';

/** What differs between the two ends of a connection. */
export interface Role extends FramingRole {
  /** "The server MUST close the TCP connection immediately; the client SHOULD wait." RFC 6455 §7.1.1 */
  readonly closesTransportFirst: boolean;
  /** The codes that the application may pass to `close()`, in words. */
  readonly closeCodes: string;
  /** Whether the application may pass this code to `close()`. */
  readonly mayCloseWith: (code: number) => boolean;
}

/** A client closes as a browser's does: WHATWG WebSockets, `close()` step 1. */
export const CLIENT: Role = {
  ...FRAMING_CLIENT,
  closesTransportFirst: false,
  closeCodes: '1000 or 3000 to 4999',
  mayCloseWith: (code) => isValidCloseCode(code) && (code === 1000 || code >= 3000),
};

/** A server has more to say than a page: that it is going away, that it failed, that it is busy. */
export const SERVER: Role = {
  ...FRAMING_SERVER,
  closesTransportFirst: true,
  closeCodes: '1000 to 1003, 1007 to 1014 or 3000 to 4999',
  mayCloseWith: isValidCloseCode,
};
