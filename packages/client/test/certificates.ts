/** A certificate authority of the tests' own, made when it is first needed. */
import { generate } from 'selfsigned';

/** What `tls.createServer` takes. */
export interface Identity {
  readonly key: string;
  readonly cert: string;
}

export interface Certificates {
  readonly ca: Identity;
  /** For 127.0.0.1 and localhost. */
  readonly valid: Identity;
  /** For 127.0.0.1 alone. */
  readonly address: Identity;
  /** For wrong.example. */
  readonly otherHost: Identity;
  /** Until a day in the past. */
  readonly expired: Identity;
  /** For 127.0.0.1, signed by itself. */
  readonly selfSigned: Identity;
}

const DAY = 24 * 60 * 60 * 1000;

const HERE = [
  { type: 2, value: 'localhost' },
  { type: 7, ip: '127.0.0.1' },
] as const;

export async function certificates(): Promise<Certificates> {
  const ca = await issue('Test CA', [], { isAuthority: true });
  return {
    ca,
    valid: await issue('localhost', HERE, { ca }),
    address: await issue('an address', HERE.slice(1), { ca }),
    otherHost: await issue('wrong.example', [{ type: 2, value: 'wrong.example' }], { ca }),
    expired: await issue('localhost', HERE, { ca, until: Date.now() - DAY }),
    selfSigned: await issue('localhost', HERE, {}),
  };
}

interface Terms {
  readonly ca?: Identity;
  readonly isAuthority?: boolean;
  readonly until?: number;
}

async function issue(
  name: string,
  altNames: readonly { type: 2 | 7; value?: string; ip?: string }[],
  { ca, isAuthority = false, until = Date.now() + DAY }: Terms,
): Promise<Identity> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(until - 3 * DAY),
    notAfterDate: new Date(until),
    ...(ca === undefined ? {} : { ca }),
    extensions: [
      { name: 'basicConstraints', cA: isAuthority, critical: true },
      { name: 'keyUsage', keyCertSign: isAuthority, digitalSignature: true, critical: true },
      ...(altNames.length > 0
        ? [{ name: 'subjectAltName' as const, altNames: [...altNames] }]
        : []),
    ],
  });
  return { key, cert };
}
