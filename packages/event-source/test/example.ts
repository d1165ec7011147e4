import { createServer } from 'node:http';
import { EventSource } from '@ws/event-source';

const MESSAGES = ['one', 'two', 'three'];

export const server = createServer((request, response) => {
  if (!EventSource.isEventSource(request)) {
    response.writeHead(406).end();
    return;
  }
  const source = new EventSource(request, response, { retry: 1 });
  const seen = source.lastEventId === '' ? 0 : Number(source.lastEventId);
  for (const [index, message] of MESSAGES.entries()) {
    if (index >= seen) source.send(message, { event: 'count', id: index + 1 });
  }
  source.on('close', () => console.log(`${source.url} closed`));
});

server.listen(Number(process.env['PORT'] ?? 8080), '127.0.0.1');
