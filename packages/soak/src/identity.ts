/** A certificate for this machine's loopback, made anew for every run. */
import { generate } from 'selfsigned';
import type { Identity } from './settings';

export async function makeIdentity(): Promise<Identity> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
    ],
  });
  return { key, cert };
}
