/** Code that is written in a page is a program that works. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGES } from '../src/repository';
import { mistakesIn, runModule } from './blocks';
import { BLOCKS } from './pages';

const PROGRAMS = BLOCKS.filter(({ language }) =>
  /^(?:[cm]?[jt]s|javascript|typescript)$/.test(language),
);

const ECHO = `import { createServer } from 'node:http';
import WebSocket from '@ws/websocket';
const server = createServer().listen(80);
server.on('upgrade', (request, socket, head) => new WebSocket(request, socket, head));
`;

test('blocks of TypeScript have no mistakes of type', () => {
  const typed = PROGRAMS.filter(({ language }) => /^m?ts$|typescript/.test(language));
  const wrong = ECHO.replace('head));', 'head, [], { deflat: true }));');
  const [right, mistaken, ...mistakes] = mistakesIn([
    ECHO,
    wrong,
    ...typed.map(({ code }) => code),
  ]);
  expect(typed.filter((_, index) => mistakes[index].length > 0)).toEqual([]);
  expect([right, mistaken]).toEqual([[], [expect.stringContaining("'deflat' does not exist")]]);
});

if (PROGRAMS.length > 0) {
  test.each(PROGRAMS)('the block of $place runs', async ({ code }) => {
    await runModule(code);
  });
}

test('a block that runs says what it logs, one that throws is found', async () => {
  expect(await runModule(`${ECHO}console.log(typeof WebSocket);`)).toBe('function\n');
  await expect(runModule("throw new Error('as it should')")).rejects.toThrow('as it should');
});

test('every npm run command of a block exists', () => {
  const manifest = readFileSync(join(PACKAGES, '../package.json'), 'utf8');
  const { scripts } = JSON.parse(manifest) as { scripts: Record<string, string> };
  const commands = BLOCKS.filter(({ language }) => language === 'sh').flatMap(({ place, code }) =>
    [...code.matchAll(/\bnpm run ([\w:-]+)(?! .*-w)/g)].map(([, name]) => ({ place, name })),
  );
  expect(commands.filter(({ name }) => !(name in scripts))).toEqual([]);
});
