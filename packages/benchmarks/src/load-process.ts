/**
 * The load process: opens what a cell needs, warms the server up, then runs a counted load.
 *
 * Nothing is in flight between two calls, so the server's CPU time can be read in between.
 */
import { answerCalls } from '@ws/child-process';
import { constants, setPriority } from 'node:os';
import type { Cell, EchoCell } from './cells';
import { openConnections } from './dialling';
import type { Flood } from './floods';
import type { LoadConnection } from './load-connection';
import { BombLoad, type BombOutcome } from './loads/bomb';
import { awaitClientEcho } from './loads/client-echo';
import { openDeflateLanes } from './loads/deflate-echo';
import { EchoLoad } from './loads/echo-load';
import { startFlood } from './loads/flood';
import { bufferSizeFor, openLoad, type Load, type LoadTarget } from './loads/load';
import { measureLatency, type Latency } from './loads/quiet';

export interface LoadCalls {
  /** Opens the connections of `cell`. */
  open(cell: Cell, target: LoadTarget): Promise<void>;
  /** Listens for the clients of `cell` and resolves with the port. */
  awaitClients(cell: EchoCell, returnsBytes: boolean): Promise<number>;
  /** Resolves when the clients are there. */
  openToClients(): Promise<void>;
  /** Runs for about `seconds` and resolves with the rate, in messages per second. */
  warmUp(seconds: number): Promise<number>;
  /** Runs about `messages` messages and resolves with their exact number. */
  run(messages: number): Promise<number>;
  /** Opens `count` connections that stay silent. */
  openIdle(port: number, count: number): Promise<void>;
  /** Opens `count` connections that echo `messages` compressed messages each, and are silent then. */
  openCompressed(port: number, count: number, messages: number): Promise<void>;
  /** Closes the silent connections. */
  closeIdle(): Promise<void>;
  /** Makes a bomb and opens what it needs; echoes `messages` messages. */
  prepareBomb(port: number, messages: number): Promise<void>;
  explodeBomb(): Promise<BombOutcome>;
  /** Starts connections that send without end. Others on the same core go first. */
  flood(port: number, flood: Flood): Promise<void>;
  /** Echoes now and then, on one connection. */
  measureLatency(target: LoadTarget, seconds: number): Promise<Latency>;
}

const WARM_UP_STEP_SECONDS = 0.1;

/** Length of the messages on connections that are silent then, in bytes. */
const COMPRESSED_SIZE = 1024;
const ECHOING_AT_ONCE = 100;

let load: Load;
let clients: Promise<Load>;
let idle: readonly LoadConnection[] = [];
let bomb: BombLoad;

answerCalls<LoadCalls>({
  async open(cell, target) {
    load = await openLoad(cell, target);
  },
  async awaitClients(cell, returnsBytes) {
    const { port, opened } = await awaitClientEcho(cell, returnsBytes);
    clients = opened;
    return port;
  },
  async openToClients() {
    load = await clients;
  },
  async warmUp(seconds) {
    const end = performance.now() + seconds * 1000;
    let rate = 0;
    do {
      const started = performance.now();
      const messages = await run(rate * WARM_UP_STEP_SECONDS);
      rate = (messages / (performance.now() - started)) * 1000;
    } while (performance.now() < end);
    return rate;
  },
  run,
  async openIdle(port, count) {
    const target = { port, path: '/echo', bufferSize: bufferSizeFor(0) } as const;
    idle = await openConnections(Array.from({ length: count }, () => target));
  },
  async openCompressed(port, count, messages) {
    const { connections, lanes } = await openDeflateLanes(port, count, COMPRESSED_SIZE);
    idle = connections;
    for (let i = 0; i < lanes.length; i += ECHOING_AT_ONCE) {
      const some = lanes.slice(i, i + ECHOING_AT_ONCE);
      await Promise.all(some.map((lane) => new EchoLoad([lane]).run(messages - 1)));
    }
  },
  async closeIdle() {
    await Promise.all(idle.map((connection) => connection.close()));
    idle = [];
  },
  async prepareBomb(port, messages) {
    bomb = await BombLoad.open(port);
    await bomb.warmUp(messages);
  },
  explodeBomb: () => bomb.explode(),
  async flood(port, flood) {
    setPriority(constants.priority.PRIORITY_LOW);
    await startFlood(port, flood);
  },
  measureLatency,
});

function run(messages: number): Promise<number> {
  const whole = Math.min(Math.ceil(messages), load.largestRun);
  return load.run(Math.max(whole, load.smallestRun));
}
