/** The command `npm run wasm`: assembles `mask.wat` into `src/mask-module.ts`, which is checked in. */
import { readFileSync, writeFileSync } from 'node:fs';
import { URL } from 'node:url';
import { format } from 'prettier';
import wabt from 'wabt';

const SOURCE = new URL('mask.wat', import.meta.url);
const MODULE = new URL('../src/mask-module.ts', import.meta.url);

const { parseWat } = await wabt();
const { buffer } = parseWat('mask.wat', readFileSync(SOURCE, 'utf8'), { simd: true }).toBinary({});
const text = `/** \`wasm/mask.wat\`, assembled. Do not edit: \`npm run wasm\` writes this file. */
export const MASK_MODULE: readonly number[] = [${buffer.join()}];
`;
writeFileSync(MODULE, await format(text, { parser: 'typescript', printWidth: 100 }));
