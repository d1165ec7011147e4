/** The suite against other libraries: it must find them right where they are known to be, and wrong. */
import { createServer as createSecureServer } from 'node:https';
import { generate } from 'selfsigned';
import { WebSocket, WebSocketServer } from 'ws';
import { choose } from './cases';
import { isFine } from './engine/result';
import type { CaseResult } from './engine/result';
import type { Pace } from './engine/script';
import type { Case, Role } from './model/case';
import { pooled } from './suite/pool';
import { SuiteServer } from './suite/test-client';
import { testServer } from './suite/test-server';
import { echoWs, PEERS, urlOf } from '../test/peers';
import type { Peer } from '../test/peers';

const PACE = { full: false, patience: 5000 };
/** For endpoints that are known not to do what is waited for: the wait is over sooner. */
const LESS_PATIENT = { full: false, patience: 2000 };
const PARALLEL = 4;
const PATTERNS = ['1', '2', '3', '4', '5', '6.1', '6.2', '6.3', '6.7', '6.20', '7', '9.7.3', '10'];
const BOTH: readonly Role[] = ['server', 'client'];

describe.each(Object.entries(PEERS))('%s', (name, peer) => {
  test.concurrent.each(BOTH)('is right as a %s', async (role) => {
    const results = await run(role, peer, [...PATTERNS, ...(name === 'ws' ? ['13.5.5', 'E'] : [])]);
    expect(results.length).toBeGreaterThan(100);
    expect(
      results.filter((result) => !isFine(result)).map(({ id, reason }) => [id, reason]),
    ).toEqual([]);
  });

  test.concurrent.each(BOTH)('is not strict about UTF-8 as a %s', async (role) => {
    const results = await run(role, peer, ['6.4.1', '6.4.2', '6.4.3', '6.4.4'], LESS_PATIENT);
    expect(results.map(({ behavior }) => behavior)).toEqual(Array(4).fill('NON-STRICT'));
  });
});

test.each(BOTH)('a %s without compression has it unimplemented', async (role) => {
  const results = await run(role, PEERS.faye, ['12.1.1', '13.7.1']);
  expect(results.map(({ behavior }) => behavior)).toEqual(Array(2).fill('UNIMPLEMENTED'));
});

test('a server without the drafts has them unimplemented', async () => {
  const results = await run('server', PEERS.ws, ['D.75.1', 'D.76.20', 'V.7.1']);
  expect(results.map(({ behavior }) => behavior)).toEqual(Array(3).fill('UNIMPLEMENTED'));
});

test('a server behind TLS is tested like any other', async () => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }]);
  const server = createSecureServer({ key, cert });
  new WebSocketServer({ server }).on('connection', echoWs);
  server.listen(0, '127.0.0.1');
  const url = (await urlOf(server)).replace('ws:', 'wss:');
  const cases = choose({ role: 'server', full: false, patterns: ['1.1.1', '1.1.8', '7.3', '3.4'] });
  const settings = { url, cases, pace: PACE, parallel: PARALLEL };
  const trusted = await testServer({ ...settings, insecure: true });
  expect(trusted.every(isFine)).toBe(true);
  const strict = await testServer(settings);
  // Newer Nodes add what to do about it.
  const reasons = strict.map(({ reason }) => reason.split(';')[0]);
  expect(reasons).toEqual(cases.map(() => 'self-signed certificate'));
  await new Promise((resolve) => server.close(resolve));
});

test('nobody at the address fails the case, and nothing else', async () => {
  const server = PEERS.ws.serve();
  const url = await urlOf(server);
  await new Promise((resolve) => server.close(resolve));
  const cases = choose({ role: 'server', full: false, patterns: ['1.1.1'] });
  const [result] = await testServer({ url, cases, pace: PACE, parallel: 1 });
  expect(result.behavior).toBe('FAILED');
  expect(result.reason).toContain('ECONNREFUSED');
});

test('a client asks for the count, for what a case is, and for how it went', async () => {
  const cases = choose({ role: 'client', full: false, patterns: ['1.1.1', '1.1.2'] });
  const done: string[] = [];
  const suite = new SuiteServer({ cases, pace: PACE, onDone: (agent) => done.push(agent) });
  const url = `ws://127.0.0.1:${await suite.listen(0, '127.0.0.1')}`;
  await PEERS.ws.visit(`${url}/runCase?case=2&agent=me`);
  expect(await textFrom(`${url}/getCaseCount`)).toBe('2');
  expect(JSON.parse(await textFrom(`${url}/getCaseInfo?case=2`))).toMatchObject({ id: '1.1.2' });
  expect(await textFrom(`${url}/getCaseStatus?case=2&agent=me`)).toBe(
    '{"behavior":"OK","behaviorClose":"OK"}',
  );
  await PEERS.ws.visit(`${url}/updateReports?agent=me`);
  await PEERS.ws.visit(`${url}/unheard-of`);
  expect(done).toEqual(['me']);
  expect((await suite.results('me')).map(({ id }) => id)).toEqual(['1.1.2']);
  await suite.close();
});

async function run(role: Role, peer: Peer, patterns: string[], pace = PACE): Promise<CaseResult[]> {
  const cases = choose({ role, full: false, patterns });
  return role === 'server' ? runServer(peer, cases, pace) : runClient(peer, cases, pace);
}

async function runServer(peer: Peer, cases: Case[], pace: Pace): Promise<CaseResult[]> {
  const server = peer.serve();
  const url = await urlOf(server);
  const results = await testServer({ url, cases, pace, parallel: PARALLEL });
  await new Promise((resolve) => server.close(resolve));
  return results;
}

async function runClient(peer: Peer, cases: Case[], pace: Pace): Promise<CaseResult[]> {
  const suite = new SuiteServer({ cases, pace });
  const port = await suite.listen(0, '127.0.0.1');
  const numbers = cases.map((_, i) => i + 1);
  await pooled(numbers, PARALLEL, (number) =>
    peer.visit(`ws://127.0.0.1:${port}/runCase?case=${number}&agent=peer`),
  );
  const results = await suite.results('peer');
  await suite.close();
  return results;
}

function textFrom(url: string): Promise<string> {
  return new Promise((resolve) => {
    new WebSocket(url).on('message', (data: Buffer) => resolve(data.toString()));
  });
}
