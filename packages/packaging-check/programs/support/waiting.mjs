/** Waiting for servers, promises and callbacks, each with a deadline. */
import { once } from 'node:events';
import { clearTimeout, setTimeout } from 'node:timers';

const PATIENCE = 20_000;

/** Starts a server on a free port, or the one given, of loopback. */
export async function listen(server, port = 0) {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server.address().port;
}

/** Waits for a promise, but not for ever. */
export async function within(promise, what) {
  let timer;
  const deadline = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`waited in vain for ${what}`)), PATIENCE);
  });
  try {
    return await Promise.race([promise, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

/** Values that come from callbacks, in order, for whoever awaits them. */
export class Inbox {
  #values = [];
  #waiting = [];

  put = (value) => {
    const take = this.#waiting.shift();
    if (take === undefined) this.#values.push(value);
    else take(value);
  };

  async next(what) {
    if (this.#values.length > 0) return this.#values.shift();
    return within(new Promise((resolve) => this.#waiting.push(resolve)), what);
  }
}
