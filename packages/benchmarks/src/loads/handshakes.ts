/** The handshake load: connect, upgrade, close, with a fixed number under way. */
import type { HandshakeCell } from '../cells';
import { openConnection, type Target } from '../dialling';
import { bufferSizeFor, type Load, type LoadTarget } from './load';

/** Every connection leaves its port in TIME_WAIT, and there are some 28,000 ports. */
const LARGEST_RUN = 10_000;

export function openHandshakes(cell: HandshakeCell, { port }: LoadTarget): Load {
  const target: Target = { port, path: '/echo', bufferSize: bufferSizeFor(0) };
  return {
    smallestRun: cell.inFlight,
    largestRun: LARGEST_RUN,
    async run(messages) {
      let left = messages;
      const worker = async (): Promise<void> => {
        while (left-- > 0) await (await openConnection(target)).close();
      };
      await Promise.all(Array.from({ length: cell.inFlight }, worker));
      return messages;
    },
  };
}
