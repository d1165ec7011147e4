/** The README names every option and every error code that there is, and no other option. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONNECTION_ERRORS, CONNECTION_OPTIONS } from '@ws/connection';
import { VIOLATIONS } from '@ws/frame-parser';
import { HANDSHAKE_ERRORS } from '@ws/handshake';
import { EXTENSION_OPTIONS } from '@ws/permessage-deflate';
import { entriesOf } from './support/readme-entries';

const README = readFileSync(join(__dirname, '../README.md'), 'utf8');

test('the options of both ends have an entry', () => {
  const names = [...CONNECTION_OPTIONS, ...EXTENSION_OPTIONS, 'handshakeTimeout', 'headers'];
  expect(entriesOf(README, 'Options').sort()).toEqual(names.sort());
});

test('the violations are in the table, with their close codes', () => {
  for (const { errorCode, closeCode } of Object.values(VIOLATIONS)) {
    expect(README).toMatch(new RegExp(`^\\| \`${errorCode}\` +\\| ${closeCode} +\\|`, 'm'));
  }
});

test.each([...Object.keys(CONNECTION_ERRORS), ...Object.keys(HANDSHAKE_ERRORS)])(
  '%s is named',
  (code) => {
    expect(README).toContain(`\`${code}\``);
  },
);
