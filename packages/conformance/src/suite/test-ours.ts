/** Runs cases against this toolkit, whose ends are processes of their own. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Case } from '../model/case';
import type { CaseResult } from '../engine/result';
import type { Pace } from '../engine/script';
import { SuiteServer } from './test-client';
import { testServer } from './test-server';

export interface OwnRun {
  readonly cases: readonly Case[];
  readonly pace: Pace;
  readonly parallel: number;
  readonly onResult: (result: CaseResult) => void;
}

const HOST = '127.0.0.1';
const AGENT = 'ours';

/** This toolkit's echo server. */
export async function testOurServer(run: OwnRun): Promise<CaseResult[]> {
  const { child, ended } = start('server-process');
  try {
    const [message] = (await once(child, 'message')) as [{ port: number }];
    const results = await testServer({ ...run, url: `ws://${HOST}:${message.port}/` });
    if (child.connected) child.disconnect();
    await ended;
    return results;
  } finally {
    child.kill();
  }
}

/** This toolkit's client, which visits the suite. */
export async function testOurClient({ parallel, ...run }: OwnRun): Promise<CaseResult[]> {
  const suite = new SuiteServer(run);
  const port = await suite.listen(0, HOST);
  const { child, ended } = start('client-process', `ws://${HOST}:${port}`, AGENT, `${parallel}`);
  try {
    await ended;
    return await suite.results(AGENT);
  } finally {
    child.kill();
    await suite.close();
  }
}

interface Started {
  readonly child: ChildProcess;
  /** Rejected when it ends otherwise than by having done its part: a case may look good to the last. */
  readonly ended: Promise<void>;
}

function start(name: string, ...args: string[]): Started {
  const child = fork(join(__dirname, '..', 'endpoints', `${name}.js`), args);
  const ended = once(child, 'exit').then(([code, signal]) => {
    if (code !== 0) throw new Error(`the ${name} of this toolkit ended with ${code ?? signal}`);
  });
  // It is awaited only when the cases are done.
  ended.catch(() => {});
  return { child, ended };
}
