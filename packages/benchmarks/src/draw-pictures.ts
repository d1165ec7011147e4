/** `npm run bench:pictures`: writes the pictures into `pictures/`. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readmePictures } from './readme-pictures';

const folder = join(__dirname, '../pictures');
const readme = readFileSync(join(__dirname, '../README.md'), 'utf8');

mkdirSync(folder, { recursive: true });
for (const [name, svg] of Object.entries(readmePictures(readme))) {
  writeFileSync(join(folder, name), svg);
}
