/**
 * The echo load: on every connection a fixed number of messages is in flight, and as many as came
 * back whole are sent anew, in one write.
 *
 * The first echo of each connection is compared byte by byte; from then on bytes are only counted,
 * so that the load is never the slower side.
 */
import type { EchoCell } from '../cells';
import { openConnections, type ClientConnection } from '../client-connection';
import { clientFrame, payloadOf, repeated, serverFrame } from '../frames';
import { bufferSizeFor, type Load, type LoadTarget } from './load';

class EchoLoad implements Load {
  readonly smallestRun: number;
  readonly largestRun: number = Infinity;
  readonly #lanes: Lane[];
  #unsent = 0;
  #unanswered = 0;
  #finish: (() => void) | undefined;

  constructor(connections: readonly ClientConnection[], cell: EchoCell, echoSize: number) {
    this.smallestRun = cell.connections * cell.inFlight;
    const burst = repeated(clientFrame(payloadOf(cell.size, cell.text), cell.text), cell.inFlight);
    const takeBack = (echoed: number): number => this.#takeBack(echoed);
    this.#lanes = connections.map(
      (connection) => new Lane(connection, burst, cell.inFlight, echoSize, takeBack),
    );
  }

  async run(messages: number): Promise<number> {
    this.#unsent = messages;
    this.#unanswered = messages;
    const finished = new Promise<void>((resolve) => (this.#finish = resolve));
    for (const lane of this.#lanes) lane.send(this.#allot(lane.inFlight));
    await finished;
    return messages;
  }

  /** `echoed` messages are back on a connection; returns how many to send there instead. */
  #takeBack(echoed: number): number {
    this.#unanswered -= echoed;
    if (this.#unanswered === 0) this.#finish?.();
    return this.#allot(echoed);
  }

  #allot(wanted: number): number {
    const granted = Math.min(wanted, this.#unsent);
    this.#unsent -= granted;
    return granted;
  }
}

/** One connection, and how far into the next echo it is. */
class Lane {
  readonly inFlight: number;
  readonly #connection: ClientConnection;
  readonly #burst: Buffer;
  readonly #frameSize: number;
  #owed = 0;

  constructor(
    connection: ClientConnection,
    burst: Buffer,
    inFlight: number,
    echoSize: number,
    takeBack: (echoed: number) => number,
  ) {
    this.inFlight = inFlight;
    this.#connection = connection;
    this.#burst = burst;
    this.#frameSize = burst.length / inFlight;
    let partial = 0;
    connection.onBytes = ({ length }) => {
      partial += length;
      const echoed = Math.floor(partial / echoSize);
      partial -= echoed * echoSize;
      this.#owed -= echoed;
      if (this.#owed < 0) throw new Error('more bytes came back than were sent');
      if (echoed > 0) this.send(takeBack(echoed));
    };
  }

  send(messages: number): void {
    if (messages === 0) return;
    this.#owed += messages;
    this.#connection.write(this.#burst.subarray(0, messages * this.#frameSize));
  }
}

/** Opens the connections of `cell` and sees one correct echo on each. */
export async function openEcho(cell: EchoCell, target: LoadTarget): Promise<Load> {
  const payload = payloadOf(cell.size, cell.text);
  const sent = clientFrame(payload, cell.text);
  const echo = target.returnsBytes ? sent : serverFrame(payload, cell.text);
  const bufferSize = bufferSizeFor(sent.length * cell.inFlight);
  const lane = { port: target.port, path: '/echo', bufferSize } as const;
  const connections = await openConnections(
    new Array(cell.connections).fill(lane) as (typeof lane)[],
  );
  await Promise.all(connections.map((connection) => expectEcho(connection, sent, echo)));
  return new EchoLoad(connections, cell, echo.length);
}

function expectEcho(connection: ClientConnection, sent: Buffer, echo: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    let received = 0;
    connection.onBytes = (bytes) => {
      const expected = echo.subarray(received, received + bytes.length);
      if (!expected.equals(bytes)) reject(new Error(`the first echo differs at byte ${received}`));
      received += bytes.length;
      if (received === echo.length) resolve();
    };
    connection.write(sent);
  });
}
