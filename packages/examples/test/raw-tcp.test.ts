/** The peer over raw TCP, and what it answers to whoever does not keep to the protocol. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { CLIENT, encodeFrame, MessageDecoder, OPCODE, SERVER } from '@ws/frame-parser';
import type { MessageSink } from '@ws/frame-parser';
import { Peer } from '../src/raw-tcp/peer';

const PING = encodeFrame(CLIENT, { opcode: OPCODE.PING, payload: 'still there?' });
const TEXT = encodeFrame(CLIENT, { opcode: OPCODE.TEXT, payload: 'hello' });
const BINARY = encodeFrame(CLIENT, { opcode: OPCODE.BINARY, payload: Uint8Array.of(1) });
const UNMASKED = Uint8Array.of(0x81, 1, 0x68);
const NOT_UTF8 = Uint8Array.of(0x81, 0x81, 0, 0, 0, 0, 0xff);
const TOO_LONG = Uint8Array.of(0x81, 0xff, 0, 0, 0, 0, 0x01, 0, 0, 0, 1, 2, 3, 4);

let server: Server;
let error: jest.SpyInstance;

beforeEach(async () => {
  jest.spyOn(console, 'log').mockImplementation(() => {});
  error = jest.spyOn(console, 'error').mockImplementation(() => {});
  server = createServer((socket) => {
    const peer = new Peer(socket, SERVER, (text) => peer.send(text));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  server.close();
  await once(server, 'close');
  jest.restoreAllMocks();
});

/** What comes back for some frames, until the peer has ended the connection. */
async function answersTo(...frames: Uint8Array[]): Promise<(string | number)[]> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write(Buffer.concat(frames));
  const answers: (string | number)[] = [];
  const sink: MessageSink = {
    onText: (text) => answers.push(text),
    onBinary: () => answers.push('bytes'),
    onReserved: () => answers.push('reserved bits'),
    onPing: () => answers.push('ping'),
    onPong: (data) => answers.push(`pong ${Buffer.from(data).toString()}`),
    onClose: (code) => answers.push(code),
    onViolation: (violation) => answers.push(violation),
  };
  new MessageDecoder(CLIENT, sink).push(await buffer(socket));
  return answers;
}

test.each([
  ['bytes', [BINARY], [1003]],
  ['a frame that is not masked', [UNMASKED], [1002]],
  ['text that is no UTF-8', [NOT_UTF8], [1007]],
  ['a message that is too long', [TOO_LONG], [1009]],
  ['a text and a ping before', [TEXT, PING, BINARY], ['hello', 'pong still there?', 1003]],
  ['a text and a ping behind', [BINARY, TEXT, PING], [1003]],
])('%s', async (_, frames, expected) => {
  expect(await answersTo(...frames)).toEqual(expected);
  expect(error).not.toHaveBeenCalled();
});
