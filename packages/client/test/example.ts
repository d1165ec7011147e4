import { Client } from '@ws/client';

const ws = new Client(process.env['URL'] ?? 'ws://127.0.0.1:8080/', ['chat'], {
  headers: { Cookie: 'session=1' },
  proxy: process.env['HTTP_PROXY'], // undefined: none
  followRedirects: true,
  handshakeTimeout: 5000,
});

ws.send('hello'); // waits until the connection is open
ws.on('message', ({ data }) => {
  console.log(data);
  ws.close(1000, 'that was all');
});
ws.on('error', ({ error }) => console.error(error.message));
ws.on('close', ({ code, reason }) => console.log(code, reason));
