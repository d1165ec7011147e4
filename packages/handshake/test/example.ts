import { createServer } from 'node:http';
import { chooseSubprotocol, judgeRequest } from '@ws/handshake';
import { refusalResponse, requestUrl, responseHead } from '@ws/handshake';

export const server = createServer((_, response) => {
  response.writeHead(426, { Upgrade: 'websocket', Connection: 'close, Upgrade' }).end();
});

server.on('upgrade', (request, socket) => {
  socket.on('error', () => socket.destroy());
  const verdict = judgeRequest(request, { protocolVersions: ['hybi-13'] });
  if (!verdict.ok) {
    socket.end(refusalResponse(verdict.refusal), 'latin1', () => socket.destroy());
    return;
  }
  const location = requestUrl(request, { secure: false });
  const protocol = chooseSubprotocol(verdict.protocols, ['chat']);
  socket.write(responseHead(verdict, { location, protocol }), 'latin1');
  // From here on, the socket carries frames. This one says hello.
  socket.write(Uint8Array.of(0x81, 5, 0x68, 0x65, 0x6c, 0x6c, 0x6f));
});

server.listen(Number(process.env['PORT'] ?? 8080), '127.0.0.1');
