import { Extensions, type Extension, type ExtensionSession } from '@ws/extensions';

/** Swaps the bits of every byte. */
const invert = (data: Uint8Array): Uint8Array => data.map((byte) => byte ^ 0xff);

const session: ExtensionSession = {
  processOutgoing: ({ opcode, rsv, data }) => ({ opcode, rsv: rsv | 2, data: invert(data) }),
  processIncoming: (message) =>
    message.rsv & 2 ? { ...message, rsv: message.rsv & ~2, data: invert(message.data) } : message,
  close: () => undefined,
};
const inverting: Extension = {
  name: 'x-invert',
  rsv: 2,
  offer: () => ({ alternatives: [[]], activate: () => session }),
  accept: () => ({ parameters: [], session }),
};

const extensions = new Extensions([inverting]);
const offer = extensions.offer(); // The client sends offer.header, `x-invert`,
const server = extensions.accept(offer.header); // and the server answers with server.header.
const client = offer.activate(server.header);

export async function roundTrip(data: Uint8Array): Promise<Uint8Array> {
  const message = { opcode: 2, rsv: 0, data, compress: true };
  const sent = await client.pipeline!.outgoing(message);
  const received = await server.pipeline!.incoming(sent, 1024);
  return received.data;
}
