/** The load on clients: what the echo load is to a server, from the other end. */
import { acceptConnections } from '../accepting';
import type { EchoCell } from '../cells';
import { readFrame } from '../frame-reader';
import { clientFrame, isText, payloadOf, repeated, serverFrame } from '../frames';
import type { LoadConnection } from '../load-connection';
import { EqualFramesLane } from './echo';
import { EchoLoad } from './echo-load';
import type { Load } from './load';

export interface ClientEcho {
  readonly port: number;
  /** Resolves when all clients are there, and one correct echo has come from each. */
  readonly opened: Promise<Load>;
}

/** @param returnsBytes whether the clients answer with the very bytes they read */
export async function awaitClientEcho(cell: EchoCell, returnsBytes: boolean): Promise<ClientEcho> {
  const { port, connections } = await acceptConnections(cell.connections);
  return { port, opened: connections.then((all) => openLoad(cell, all, returnsBytes)) };
}

async function openLoad(
  { size, content, inFlight }: EchoCell,
  connections: readonly LoadConnection[],
  returnsBytes: boolean,
): Promise<Load> {
  const payload = payloadOf(size, content);
  const sent = serverFrame(payload, isText(content));
  const { length } = returnsBytes ? sent : clientFrame(payload, isText(content));
  await Promise.all(connections.map((connection) => expectEcho(connection, sent, length, payload)));
  const burst = repeated(sent, inFlight);
  return new EchoLoad(
    connections.map((connection) => new EqualFramesLane(connection, burst, inFlight, length)),
  );
}

/** A client masks as it likes: what is compared is the payload. */
function expectEcho(
  connection: LoadConnection,
  sent: Buffer,
  length: number,
  payload: Buffer,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const received: Uint8Array[] = [];
    let missing = length;
    connection.onBytes = (bytes) => {
      received.push(Buffer.from(bytes));
      missing -= bytes.length;
      if (missing > 0) return;
      const frame = readFrame(Buffer.concat(received));
      if (frame?.firstByte === sent[0] && frame?.payload.equals(payload)) resolve();
      else reject(new Error('the first echo is not what was sent'));
    };
    connection.write(sent);
  });
}
