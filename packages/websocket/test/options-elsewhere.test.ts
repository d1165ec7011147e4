/** Options that are none here: the error names ours, or says where it belongs, for all that the pages name. */
import { readFileSync } from 'node:fs';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { join } from 'node:path';
import WebSocket from '../src';
import { headingsOf } from './support/ws-rows';

const read = (path: string): string => readFileSync(join(__dirname, path), 'utf8');

/** Of a type that no option has. */
const NO_VALUE: symbol = Symbol('value');

const ENDS = ['client', 'server', 'toolkit'] as const;
type End = (typeof ENDS)[number];

/** What an end says of an option; null when it has one of that name. */
function saidOf(end: End, name: string): string | null {
  const options = { [name]: NO_VALUE };
  const socket = new Socket();
  const request = Object.assign(new IncomingMessage(socket), { upgrade: true });
  try {
    if (end === 'toolkit') new WebSocket.Server(options);
    else if (end === 'server')
      new WebSocket(request, socket, Buffer.alloc(0), [], options).terminate();
    else new WebSocket('ws://127.0.0.1:1/', [], options).terminate();
    return null;
  } catch (error) {
    const { message } = error as Error;
    return message.includes('is not known') ? message : null;
  } finally {
    socket.destroy();
  }
}

/** The options of `ws` that the guide names. */
const OF_WS = headingsOf('The options')
  .flatMap((heading) => [...heading.matchAll(/`(\w+)(?:: \w+)?`/g)])
  .map(([, name]) => name);

test('the guide has names', () => {
  expect(OF_WS).toEqual(expect.arrayContaining(['maxPayload', 'perMessageDeflate', 'noServer']));
});

test.each(OF_WS)('%s of ws is an option of all, or each says what it is here', (name) => {
  for (const end of ENDS) {
    const said = saidOf(end, name);
    if (said !== null) expect(said).toMatch(/^option \w+ is not known here: \S/);
  }
});

const OF_DEFLATE = [
  ...read('../../permessage-deflate/src/options.ts').matchAll(/^ {2}(\w+)\?: /gm),
].map(([, name]) => name);

test.each(OF_DEFLATE)('%s belongs into deflate', (name) => {
  for (const end of ENDS) {
    expect(saidOf(end, name)).toContain(`it belongs into deflate, as deflate.${name}`);
  }
});

/** The options that an end has by its own interface. */
const own = (end: 'client' | 'server'): string[] =>
  [...read(`../../${end}/src/options.ts`).matchAll(/^ {2}(\w+)\?: /gm)].map(([, name]) => name);

test.each([
  ['client', 'server'],
  ['server', 'client'],
] as const)('what a %s has alone is said to be an option of it on a %s', (end, other) => {
  const alone = own(end).filter((name) => !own(other).includes(name));
  expect(alone.length).toBeGreaterThan(1);
  for (const name of alone) {
    expect(saidOf(end, name)).toBeNull();
    expect(saidOf(other, name)).toContain(`it is an option of ${end}s`);
  }
});

test.each(['binary', 'fin', 'mask'])('%s of ws’s send()', (name) => {
  const ws = new WebSocket('ws://127.0.0.1:1/');
  const send = (): unknown => ws.send('', { [name]: true });
  expect(send).toThrow(`option ${name} is not known here: `);
  ws.terminate();
});

test.each([
  ['zlibDeflateOptions', 'level, memLevel and strategy are options beside it'],
  ['concurrencyLimit', 'it is built in; see MIGRATING.md'],
  ['noContextTakeover', 'it is serverNoContextTakeover or clientNoContextTakeover'],
  ['requestMaxWindowBits', 'it is serverMaxWindowBits or clientMaxWindowBits'],
])('deflate.%s of others', (name, said) => {
  const construct = (): unknown =>
    new WebSocket('ws://127.0.0.1:1/', [], { deflate: { [name]: 1 } });
  expect(construct).toThrow(new TypeError(`option deflate.${name} is not known here: ${said}`));
});
