/**
 * The echo load: frames of one size, of which as many as came back whole are sent anew.
 *
 * The first echo of each connection is compared byte by byte; from then on bytes are only counted,
 * so that the load is never the slower side.
 */
import type { EchoCell } from '../cells';
import { openConnections } from '../dialling';
import type { LoadConnection } from '../load-connection';
import { clientFrame, isText, payloadOf, repeated, serverFrame } from '../frames';
import { EchoLoad, type Lane } from './echo-load';
import { bufferSizeFor, type Load, type LoadTarget } from './load';

/** One connection, and how far into the next echo it is. */
export class EqualFramesLane implements Lane {
  readonly inFlight: number;
  onEchoes: (echoed: number) => void = () => {};
  readonly #connection: LoadConnection;
  readonly #burst: Buffer;
  readonly #frameSize: number;
  #owed = 0;

  constructor(connection: LoadConnection, burst: Buffer, inFlight: number, echoSize: number) {
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
      if (echoed > 0) this.onEchoes(echoed);
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
  const payload = payloadOf(cell.size, cell.content);
  const sent = clientFrame(payload, isText(cell.content));
  const echo = target.returnsBytes ? sent : serverFrame(payload, isText(cell.content));
  const burst = repeated(sent, cell.inFlight);
  const lane = {
    port: target.port,
    path: '/echo',
    bufferSize: bufferSizeFor(burst.length),
  } as const;
  const connections = await openConnections(
    new Array(cell.connections).fill(lane) as (typeof lane)[],
  );
  await Promise.all(connections.map((connection) => expectEcho(connection, sent, echo)));
  return new EchoLoad(
    connections.map(
      (connection) => new EqualFramesLane(connection, burst, cell.inFlight, echo.length),
    ),
  );
}

function expectEcho(connection: LoadConnection, sent: Buffer, echo: Buffer): Promise<void> {
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
