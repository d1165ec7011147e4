/**
 * Runs cases against clients: the suite is a server, which clients visit case by case. The paths are
 * those that test loops of existing clients ask for:
 *
 * - `/getCaseCount` sends the number of cases as text,
 * - `/getCaseInfo?case=N` sends what the N-th is, as JSON,
 * - `/runCase?case=N&agent=A` runs the N-th case, counted from 1,
 * - `/getCaseStatus?case=N&agent=A` sends how it went, as JSON,
 * - `/updateReports?agent=A` says that the agent is done.
 *
 * Every one of them is a WebSocket, which the suite closes.
 */
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { text } from '../model/builders';
import type { Case } from '../model/case';
import { NORMAL } from '../model/closing-rules';
import type { Head } from '../wire/head';
import { Channel } from '../engine/channel';
import { WireLog } from '../engine/log';
import { HeadReader } from '../engine/opened';
import { openAsServer } from '../engine/open-server';
import type { CaseResult } from '../engine/result';
import { runCase } from '../engine/run-case';
import { play } from '../engine/script';
import { SignsOfLife } from '../engine/signs-of-life';
import type { Pace } from '../engine/script';

export interface ClientRun {
  readonly cases: readonly Case[];
  readonly pace: Pace;
  /** Told of every case that a client has been through. */
  readonly onResult?: (result: CaseResult, agent: string) => void;
  /** Told when an agent asks for its report. */
  readonly onDone?: (agent: string) => void;
}

interface Visit {
  readonly channel: Channel;
  readonly request: Head;
  readonly rest: Buffer;
  readonly query: URLSearchParams;
}

const QUERIED: Case = {
  id: 'query',
  title: 'A question about the cases',
  expects: 'The client takes the answer.',
  closing: NORMAL,
  script: () => ({ steps: [], outcomes: [] }),
};

export class SuiteServer {
  readonly #run: ClientRun;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #life = new SignsOfLife();
  /** By agent, then by the number of the case. */
  readonly #results = new Map<string, Map<number, Promise<CaseResult>>>();

  constructor(run: ClientRun) {
    this.#run = run;
    this.#server = createServer({ allowHalfOpen: true }, (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
      this.#life.add();
      const channel = new Channel(socket, this.#life);
      // What cannot be made sense of, such as a target that is no URL, has no answer.
      this.#serve(channel).catch(() => channel.destroy());
    });
  }

  /** Resolves with the port; 0 means any that is free. */
  listen(port: number, host?: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, () => resolve((this.#server.address() as AddressInfo).port));
    });
  }

  /** What an agent has been through, in the order of the cases, when the last of them is over. */
  results(agent: string): Promise<CaseResult[]> {
    const results = [...(this.#results.get(agent) ?? [])];
    return Promise.all(results.sort(([a], [b]) => a - b).map(([, result]) => result));
  }

  /** Drops every connection. */
  close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  async #serve(channel: Channel): Promise<void> {
    const received = await new HeadReader(channel).read(this.#run.pace.patience);
    if (received === undefined) return channel.destroy();
    const { head: request, rest } = received;
    const path = request.startLine.split(' ')[1] ?? '/';
    const { pathname, searchParams: query } = new URL(path, 'ws://suite');
    const visit = { channel, request, rest, query };
    if (pathname === '/runCase') return this.#runCase(visit);
    if (pathname === '/getCaseCount') return this.#answer(visit, `${this.#run.cases.length}`);
    if (pathname === '/getCaseInfo') return this.#answer(visit, this.#info(query));
    if (pathname === '/getCaseStatus') return this.#answer(visit, await this.#status(query));
    if (pathname === '/updateReports') return this.#done(visit);
    return channel.destroy();
  }

  async #runCase({ channel, request, rest, query }: Visit): Promise<void> {
    const number = Number(query.get('case'));
    const given = this.#run.cases[number - 1];
    if (given === undefined) return channel.destroy();
    const agent = query.get('agent') ?? '';
    const result = runCase(given, { role: 'client', pace: this.#run.pace }, async (log) => {
      const opening = given.opening ?? {};
      return { channel, opened: await openAsServer({ channel, log, opening, request, rest }) };
    });
    this.#resultsOf(agent).set(number, result);
    this.#run.onResult?.(await result, agent);
  }

  /** Sends text, if there is any, and closes. */
  async #answer({ channel, request, rest }: Visit, words: string | undefined): Promise<void> {
    const opened = await openAsServer({ channel, log: new WireLog(), opening: {}, request, rest });
    if (!('conversation' in opened)) return channel.destroy();
    const { conversation } = opened;
    if (words !== undefined) await conversation.send([text(words)]);
    const stage = { role: 'client', pace: this.#run.pace } as const;
    await play(conversation, QUERIED, QUERIED.script(), stage);
  }

  async #done(visit: Visit): Promise<void> {
    await this.#answer(visit, undefined);
    this.#run.onDone?.(visit.query.get('agent') ?? '');
  }

  #info(query: URLSearchParams): string | undefined {
    const given = this.#run.cases[Number(query.get('case')) - 1];
    return given && JSON.stringify({ id: given.id, description: given.title });
  }

  async #status(query: URLSearchParams): Promise<string> {
    const results = this.#resultsOf(query.get('agent') ?? '');
    const result = await results.get(Number(query.get('case')));
    return JSON.stringify({
      behavior: result?.behavior ?? 'FAILED',
      behaviorClose: result?.closing ?? 'FAILED',
    });
  }

  #resultsOf(agent: string): Map<number, Promise<CaseResult>> {
    const results = this.#results.get(agent) ?? new Map<number, Promise<CaseResult>>();
    this.#results.set(agent, results);
    return results;
  }
}
