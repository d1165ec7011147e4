/** The process that serves this toolkit's echo; tells its parent the port. */
import { serveEcho } from './ours';

process.on('disconnect', () => process.exit());
void serveEcho().then((port) => process.send!({ port }));
