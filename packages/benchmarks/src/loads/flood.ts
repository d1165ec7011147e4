/** The flood: connections that publish as fast as the server reads, where nobody has subscribed. */
import { openConnections } from '../dialling';
import type { Flood } from '../floods';
import { clientFrame, isText, payloadOf, repeated } from '../frames';
import type { LoadConnection } from '../load-connection';
import { bufferSizeFor } from './load';

/** Bytes that are written at a time, or a single message. */
const BURST = 65_536;

/** Opens the connections of `flood`, which never end. */
export async function startFlood(port: number, flood: Flood): Promise<void> {
  const { connections: count, size, content } = flood;
  const frame = clientFrame(payloadOf(size, content), isText(content));
  const burst = repeated(frame, Math.ceil(BURST / frame.length));
  const target = { port, path: '/publish', bufferSize: bufferSizeFor(0) } as const;
  const connections = await openConnections(Array.from({ length: count }, () => target));
  for (const connection of connections) writeOn(connection, burst);
}

function writeOn(connection: LoadConnection, burst: Buffer): void {
  connection.write(burst, () => writeOn(connection, burst));
}
