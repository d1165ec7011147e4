/** The `Receiver` and `Sender` of `ws`; text is checked, and stays a Buffer. */
import * as ws from 'ws';
import type { Codec } from './codec';

/** What is used of two classes that are exported, and in no types. */
interface Internals {
  readonly Receiver: new (options: { isServer: boolean }) => {
    on(event: 'message', listener: () => void): unknown;
    write(chunk: Buffer): boolean;
  };
  readonly Sender: new (socket: object) => {
    send(data: Buffer | string, options: object, callback: undefined): void;
  };
}

const { Receiver, Sender } = ws as unknown as Internals;

export const codec: Codec = {
  parser(onMessage) {
    const receiver = new Receiver({ isServer: true });
    receiver.on('message', onMessage);
    return (chunk) => void receiver.write(chunk);
  },
  encoder(end, onBytes) {
    const socket = {
      cork() {},
      uncork() {},
      // Text goes to the socket as a string, which encodes it.
      write: (data: Uint8Array | string) =>
        onBytes(typeof data === 'string' ? Buffer.from(data) : data),
    };
    const sender = new Sender(socket);
    const mask = end === 'client';
    return (payload) => {
      const binary = typeof payload !== 'string';
      sender.send(payload, { fin: true, binary, mask, compress: false }, undefined);
    };
  },
};
