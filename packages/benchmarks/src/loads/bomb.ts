/**
 * The bomb: a message of a megabyte that would inflate to a gigabyte, while another connection goes
 * on as before.
 */
import { openConnection } from '../dialling';
import type { LoadConnection } from '../load-connection';
import { bombOf } from '../deflate';
import { closeCodeOf, readFrame } from '../frame-reader';
import { compressedClientFrame } from '../frames';
import { openDeflateLanes, type DeflateLane } from './deflate-echo';
import { EchoLoad } from './echo-load';
import { bufferSizeFor } from './load';

export interface BombOutcome {
  /** The code of the Close frame that the bomb was answered with (RFC 6455 §7.4). */
  readonly closeCode: number;
  /** Milliseconds from the bomb to its answer. */
  readonly took: number;
  /** Echoes that the other connection got in that time. */
  readonly echoes: number;
  /** The longest of them, in milliseconds. */
  readonly slowestEcho: number;
}

const BOMB_SIZE = 1_000_000_000;
const MESSAGE_SIZE = 1024;

export class BombLoad {
  readonly #bomb: Buffer;
  readonly #target: LoadConnection;
  readonly #bystander: DeflateLane;
  readonly #warmUp: EchoLoad;

  private constructor(lanes: readonly DeflateLane[], target: LoadConnection) {
    this.#bomb = compressedClientFrame(bombOf(BOMB_SIZE), false);
    this.#target = target;
    this.#bystander = lanes[0]!;
    this.#warmUp = new EchoLoad(lanes);
  }

  /** Opens the connection for the bomb, and one for everyone else. */
  static async open(port: number): Promise<BombLoad> {
    const { lanes } = await openDeflateLanes(port, 1, MESSAGE_SIZE);
    const bufferSize = bufferSizeFor(0);
    const target = await openConnection({ port, path: '/echo', bufferSize, deflate: true });
    return new BombLoad(lanes, target);
  }

  /** Resolves when `messages` messages have come back. */
  async warmUp(messages: number): Promise<void> {
    await this.#warmUp.run(messages);
  }

  /** Sends the bomb, and one message after the other beside it until it is answered. */
  async explode(): Promise<BombOutcome> {
    const started = performance.now();
    const closeCode = expectClose(this.#target);
    const echoes = untilSettled(this.#bystander, closeCode);
    this.#target.write(this.#bomb);
    const code = await closeCode;
    const took = performance.now() - started;
    return { closeCode: code, took, ...(await echoes) };
  }
}

function expectClose(connection: LoadConnection): Promise<number> {
  return new Promise((resolve, reject) => {
    let received: Buffer = Buffer.alloc(0);
    connection.onBytes = (bytes) => {
      received = Buffer.concat([received, bytes]);
      const frame = readFrame(received);
      if (frame === undefined) return;
      const code = closeCodeOf(frame);
      if (code === undefined) return reject(new Error('the bomb was answered with a message'));
      void connection.close().then(() => resolve(code));
    };
  });
}

/** Echoes on `lane` until `end`; one more at the most. */
function untilSettled(
  lane: DeflateLane,
  end: Promise<unknown>,
): Promise<Pick<BombOutcome, 'echoes' | 'slowestEcho'>> {
  let over = false;
  const stop = (): void => void (over = true);
  end.then(stop, stop);
  return new Promise((resolve) => {
    let echoes = 0;
    let slowestEcho = 0;
    let sent = performance.now();
    lane.onEchoes = () => {
      const now = performance.now();
      slowestEcho = Math.max(slowestEcho, now - sent);
      echoes += 1;
      sent = now;
      if (over) resolve({ echoes, slowestEcho });
      else lane.send(1);
    };
    lane.send(1);
  });
}
