/** The option `headers`, as it is sent with the answer. */
import type { HeaderInput } from '@ws/handshake';
import { ServerWebSocket } from '../src';
import { RawClient } from '../../websocket/test/support/raw-client';
import { ACCEPT, head } from '../../websocket/test/support/requests';
import { TestServer } from '../../websocket/test/support/test-server';

/** The lines of the answer, without the status line. */
async function answerWith(headers: unknown): Promise<string[]> {
  const server = await TestServer.listen((...upgrade) => {
    new ServerWebSocket(...upgrade, [], { headers: headers as HeaderInput });
  });
  const client = await RawClient.connect(server.port, head());
  return (await client.readHead()).split('\r\n').slice(1, -2);
}

const OWN = ['Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Accept: ${ACCEPT}`];

test('null and undefined are left out, booleans and numbers are text, a list is several', async () => {
  const headers = { 'X-A': null, 'X-B': undefined, 'X-C': true, 'X-D': 0, 'X-E': ['1', null, 2] };
  expect(await answerWith(headers)).toEqual([...OWN, 'X-C: true', 'X-D: 0', 'X-E: 1', 'X-E: 2']);
});

test('of another handshake’s, what was its own is not sent', async () => {
  jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
  const headers = {
    upgrade: 'websocket',
    connection: 'Upgrade',
    'sec-websocket-accept': 'of another key',
    'sec-websocket-extensions': 'permessage-deflate',
    'sec-websocket-protocol': 'chat',
    'transfer-encoding': 'chunked',
    'keep-alive': 'timeout=5',
    'set-cookie': ['a=1', 'b=2'],
  };
  expect(await answerWith(headers)).toEqual([...OWN, 'set-cookie: a=1', 'set-cookie: b=2']);
});
