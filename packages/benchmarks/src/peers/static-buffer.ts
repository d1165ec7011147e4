/**
 * Reading accepted sockets into one buffer that all of them share, as `onread` of `net.connect` allows
 * for sockets of a client. Node has no public way to do so for those of a server.
 *
 * An echo writes from the very buffer. What the kernel does not take at once keeps it: until that has
 * left, all sockets read into another.
 */
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

const SIZE = 65_536;
const NOTHING = Buffer.alloc(0);

/** What is used of Node's internals. */
interface Handle {
  useUserBuffer(buffer: Buffer): void;
}
type Internals = Socket & { readonly _handle: Handle } & Record<symbol, unknown>;

export class StaticBuffer {
  #buffer: Buffer = Buffer.allocUnsafeSlow(SIZE);
  readonly #free: Buffer[] = [];
  readonly #readers = new Map<Internals, symbol>();

  /**
   * From now on echoes what `socket` reads, which must be open and have no listener for data.
   *
   * @throws {Error} when Node's internals are not as expected.
   */
  echo(socket: Duplex): void {
    if (!(socket instanceof Socket)) throw new Error('only a TCP socket can be read so');
    const internals = socket as Internals;
    const [buffer, callback] = ['kBuffer', 'kBufferCb'].map((name) => symbolOf(socket, name));
    internals[callback!] = (length: number): true => {
      this.#write(socket, length);
      return true;
    };
    this.#readers.set(internals, buffer!);
    socket.on('close', () => this.#readers.delete(internals));
    this.#use(internals, buffer!);
    socket.resume();
  }

  #write(socket: Socket, length: number): void {
    const buffer = this.#buffer;
    socket.write(buffer.subarray(0, length));
    if (socket.writableLength === 0) return;
    this.#buffer = this.#free.pop() ?? Buffer.allocUnsafeSlow(SIZE);
    for (const [reader, key] of this.#readers) this.#use(reader, key);
    socket.write(NOTHING, () => this.#free.push(buffer));
  }

  #use(reader: Internals, key: symbol): void {
    if (reader.destroyed) return;
    reader[key] = this.#buffer;
    reader._handle.useUserBuffer(this.#buffer);
  }
}

function symbolOf(socket: Socket, description: string): symbol {
  const symbols = Object.getOwnPropertySymbols(socket);
  const found = symbols.find((symbol) => symbol.description === description);
  if (found === undefined) throw new Error(`sockets of ${process.version} have no ${description}`);
  return found;
}
