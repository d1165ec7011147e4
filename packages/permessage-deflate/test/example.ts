import { permessageDeflate } from '@ws/permessage-deflate';

// A server that lets messages refer to those before them, and a client that can.
const server = permessageDeflate({ serverNoContextTakeover: false });
const client = permessageDeflate({ serverNoContextTakeover: false, threshold: 256 });

// The handshake: what the client offers, what the server answers, what the client makes of that.
const offer = client.offer();
const accepted = offer && server.accept(offer.alternatives);
const ours = accepted?.session;
const theirs = accepted && offer.activate(accepted.parameters);

export async function carry(text: string): Promise<{ octets: number; received: string }> {
  if (!ours || !theirs) throw new Error('no compression');
  const data = Buffer.from(text);
  const sent = await ours.processOutgoing({ opcode: 1, rsv: 0, data, compress: true });
  const message = await theirs.processIncoming(sent, 1_000_000);
  return { octets: sent.data.byteLength, received: Buffer.from(message.data).toString() };
}
