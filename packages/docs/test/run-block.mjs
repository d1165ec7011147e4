/** Runs a module until its top level is done. Servers listen on free ports, whichever they ask for. */
import { Server } from 'node:net';
import { setImmediate } from 'node:timers';
import { pathToFileURL } from 'node:url';

const { listen } = Server.prototype;

Server.prototype.listen = function (...args) {
  const [first] = args;
  if (typeof first === 'number') args[0] = 0;
  else if (typeof first?.port === 'number') args[0] = { ...first, port: 0 };
  return listen.apply(this, args);
};

await import(pathToFileURL(process.argv[2]).href);
setImmediate(() => process.exit(0));
