/** A key with its certificate for localhost, for programs that serve TLS. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';

/** Writes `identity.json` into a folder: `{ key, cert }`, both PEM. */
export async function writeIdentity(folder) {
  const altNames = [{ type: 2, value: 'localhost' }];
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames }],
  });
  await writeFile(join(folder, 'identity.json'), JSON.stringify({ key, cert }));
}
