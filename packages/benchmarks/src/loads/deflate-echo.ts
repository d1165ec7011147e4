/**
 * The compressed echo load: different JSON messages, compressed beforehand, take turns on each
 * connection, one in flight.
 *
 * The first echo of each connection is inflated and compared. What follows it may refer to messages
 * before it, as the server likes, and has no fixed size: from then on frames are only counted.
 */
import { openConnections } from '../dialling';
import type { LoadConnection } from '../load-connection';
import type { DeflateCell } from '../cells';
import { deflated, inflated } from '../deflate';
import { FrameCounter, readFrame } from '../frame-reader';
import { compressedClientFrame } from '../frames';
import { jsonMessage } from '../json';
import { EchoLoad, type Lane } from './echo-load';
import { bufferSizeFor, type Load, type LoadTarget } from './load';

/**
 * Bytes of different messages before the first one comes again: twice what a compressor looks back,
 * so that a server that does so finds likenesses there, as it would in practice, and no copies.
 */
const VARIETY = 2 * 32 * 1024;
const FEWEST_MESSAGES = 8;

const RSV1 = 0x40;

/** A message and the frame that it is sent in. */
interface Prepared {
  readonly message: Buffer;
  readonly frame: Buffer;
}

/** One connection, whose first echo has been seen. */
export class DeflateLane implements Lane {
  readonly inFlight = 1;
  onEchoes: (echoed: number) => void = () => {};
  readonly #connection: LoadConnection;
  readonly #prepared: readonly Prepared[];
  #next: number;
  #owed = 0;

  /** @param first which message is next */
  constructor(connection: LoadConnection, prepared: readonly Prepared[], first: number) {
    this.#connection = connection;
    this.#prepared = prepared;
    this.#next = first % prepared.length;
    const counter = new FrameCounter();
    connection.onBytes = (bytes) => {
      const echoed = counter.count(bytes);
      this.#owed -= echoed;
      if (this.#owed < 0) throw new Error('more messages came back than were sent');
      if (echoed > 0) this.onEchoes(echoed);
    };
  }

  send(messages: number): void {
    for (let i = 0; i < messages; i++) {
      this.#owed += 1;
      this.#connection.write(this.#prepared[this.#next]!.frame);
      this.#next = (this.#next + 1) % this.#prepared.length;
    }
  }
}

/** Opens the connections of `cell` and sees one correct echo on each. */
export async function openDeflateEcho(cell: DeflateCell, target: LoadTarget): Promise<Load> {
  const { lanes } = await openDeflateLanes(target.port, cell.connections, cell.size);
  return new EchoLoad(lanes);
}

export interface DeflateLanes {
  readonly connections: readonly LoadConnection[];
  readonly lanes: readonly DeflateLane[];
}

/** Opens `count` connections for compressed messages of `size` bytes and sees one echo on each. */
export async function openDeflateLanes(
  port: number,
  count: number,
  size: number,
): Promise<DeflateLanes> {
  const target = { port, path: '/echo', bufferSize: bufferSizeFor(size), deflate: true } as const;
  const connections = await openConnections(Array.from({ length: count }, () => target));
  const prepared = preparedMessages(size);
  const lanes: DeflateLane[] = [];
  for (const [i, connection] of connections.entries()) {
    const first = i % prepared.length;
    await expectEcho(connection, prepared[first]!);
    lanes.push(new DeflateLane(connection, prepared, first + 1));
  }
  return { connections, lanes };
}

/** Frames of different messages of `size` bytes, compressed, to be sent in turn. */
export function compressedFrames(size: number): Buffer[] {
  return preparedMessages(size).map(({ frame }) => frame);
}

function preparedMessages(size: number): Prepared[] {
  const messages = Math.max(FEWEST_MESSAGES, VARIETY / size);
  return Array.from({ length: messages }, (_, seed) => prepare(jsonMessage(size, seed)));
}

function prepare(message: Buffer): Prepared {
  return { message, frame: compressedClientFrame(deflated(message), true) };
}

function expectEcho(connection: LoadConnection, { message, frame }: Prepared): Promise<void> {
  return new Promise((resolve, reject) => {
    let received: Buffer = Buffer.alloc(0);
    connection.onBytes = (bytes) => {
      received = Buffer.concat([received, bytes]);
      const echo = readFrame(received);
      if (echo === undefined) return;
      const compressed = (echo.firstByte & RSV1) !== 0;
      const text = compressed ? inflated(echo.payload) : echo.payload;
      if (text.equals(message)) resolve();
      else reject(new Error('the first echo is not what was sent'));
    };
    connection.write(frame);
  });
}
