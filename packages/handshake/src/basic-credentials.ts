/** HTTP's Basic authentication, RFC 7617. */
import { base64 } from './base64';
import { encodeUtf8 } from './runtime';

/** What the userinfo of a URL says, percent-decoded; both `''` when there is none. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** The value of an Authorization header, the credentials in UTF-8; `undefined` when there are none. */
export function basicCredentials({ username, password }: Credentials): string | undefined {
  if (username === '' && password === '') return undefined;
  return `Basic ${base64(encodeUtf8(`${username}:${password}`))}`;
}
