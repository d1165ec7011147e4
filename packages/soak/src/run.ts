/** A run: starts the processes, watches them, ends in order, and says what has been. */
import { Child } from '@ws/child-process';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { ClientCalls } from './client/client-process';
import { environment } from './environment';
import { makeIdentity } from './identity';
import { addressesFor, clientProcessesFor } from './limits';
import type { Options } from './options';
import type { Result, Sample } from './report/verdicts';
import type { MemoryUse, ServerCalls, ServerStatus } from './server/server-process';
import { sumOf, Tally, type Counts, type Tallied } from './tally';

/** What is going on. */
export interface Status {
  /** Since the start of the run. */
  readonly seconds: number;
  readonly phase: 'running' | 'ending';
  readonly live: number;
  /** Echoes that are still to come. */
  readonly outstanding: number;
  readonly server: Pick<ServerStatus, 'rss' | 'heapUsed'>;
  readonly tallied: Tallied;
}

const LOOK_EVERY_MS = 1000;
const LONGEST_SAMPLE_INTERVAL = 30;
/** How long connections may take to end by themselves. */
const PATIENCE_SECONDS = 90;
const SERVER_FLAGS = ['--expose-gc'];

export class Run {
  readonly #options: Options;
  readonly #onStatus: (status: Status) => void;
  readonly #startedAt = performance.now();
  readonly #server: Child<ServerCalls>;
  readonly #clients: Child<ClientCalls>[];
  readonly #samples: Sample[] = [];
  readonly #own = new Tally();
  #tallied: Tallied = {};
  /** Seconds that it has run for, as of the last look before the end. */
  #lasted = 0;
  #isInterrupted = false;

  constructor(options: Options, onStatus: (status: Status) => void) {
    this.#options = options;
    this.#onStatus = onStatus;
    const serverScript = join(__dirname, 'server/server-process.js');
    const clientScript = join(__dirname, 'client/client-process.js');
    this.#server = new Child('the server process', serverScript, {
      program: [process.execPath, ...SERVER_FLAGS],
    });
    this.#clients = Array.from(
      { length: clientProcessesFor(options.connections) },
      (_, index) => new Child(`client process ${index + 1}`, clientScript),
    );
  }

  /** Ends the run before its time, in order. */
  interrupt(): void {
    this.#isInterrupted = true;
  }

  /** To the end, whatever happens: a process that dies is a crash that the result tells of. */
  async result(): Promise<Result> {
    let afterwards: MemoryUse | null = null;
    let handles: Counts | null = null;
    try {
      await this.#start();
      await this.#watch();
      await this.#end();
      afterwards = await this.#server.ask('memory');
      handles = await this.#server.ask('handles');
    } catch (error) {
      this.#own.add('crashes', String(error));
    } finally {
      await Promise.all([...this.#clients, this.#server].map((child) => child.stop()));
    }
    const { seed, connections, minutes } = this.#options;
    const tallied = sumOf([this.#tallied, this.#own.counts]);
    const run = { seed, connections, minutes, seconds: this.#lasted, samples: this.#samples };
    return { ...environment(), ...run, afterwards, handles, tallied };
  }

  get #seconds(): number {
    return (performance.now() - this.#startedAt) / 1000;
  }

  async #start(): Promise<void> {
    const { seed, connections } = this.#options;
    const of = this.#clients.length;
    const settings = { seed, pace: 1, identity: await makeIdentity() };
    const ports = await this.#server.ask('listen', { ...settings, connections });
    await Promise.all(
      this.#clients.map((client, index) =>
        client.ask('start', {
          ...settings,
          ports,
          connections: shareOf(connections, index, of),
          share: { index, of },
          addresses: addressesFor(connections),
          total: null,
        }),
      ),
    );
  }

  async #watch(): Promise<void> {
    const { minutes } = this.#options;
    const interval = Math.min(LONGEST_SAMPLE_INTERVAL, minutes * 2);
    let nextSample = interval;
    while (this.#seconds < minutes * 60 && !this.#isInterrupted) {
      await setTimeout(LOOK_EVERY_MS);
      const { live, seconds } = await this.#look('running');
      this.#lasted = seconds;
      if (this.#seconds < nextSample) continue;
      nextSample += interval;
      const memory = await this.#server.ask('memory');
      this.#samples.push({ seconds: this.#seconds, connections: live, ...memory });
    }
  }

  async #end(): Promise<void> {
    await this.#tellClients('drain');
    await this.#lookUntil(({ outstanding }) => outstanding === 0);
    await this.#server.ask('restart');
    await this.#lookUntil(({ live }) => live === 0);
    await this.#tellClients('abandon');
    await setTimeout(LOOK_EVERY_MS);
    await this.#look('ending');
  }

  async #lookUntil(isSo: (status: Status) => boolean): Promise<void> {
    const deadline = this.#seconds + PATIENCE_SECONDS;
    do await setTimeout(LOOK_EVERY_MS);
    while (!isSo(await this.#look('ending')) && this.#seconds < deadline);
  }

  async #tellClients(what: 'drain' | 'abandon'): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.ask(what)));
  }

  async #look(phase: Status['phase']): Promise<Status> {
    const server = await this.#server.ask('status');
    const clients = await Promise.all(this.#clients.map((client) => client.ask('status')));
    this.#tallied = sumOf([server, ...clients].map(({ tallied }) => tallied));
    const status: Status = {
      seconds: this.#seconds,
      phase,
      live: clients.reduce((sum, { live }) => sum + live, 0),
      outstanding: clients.reduce((sum, { outstanding }) => sum + outstanding, 0),
      server,
      tallied: this.#tallied,
    };
    this.#onStatus(status);
    return status;
  }
}

/** Of a number dealt out in turn. */
function shareOf(total: number, index: number, of: number): number {
  return Math.floor((total + of - 1 - index) / of);
}
