/** Which requests ask for events. */
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { EventSource } from '.';

function isEventSource(accept: string | undefined, method = 'GET'): boolean {
  const request = new IncomingMessage(new Socket());
  Object.assign(request, { method, headers: { accept } });
  return EventSource.isEventSource(request);
}

test.each<[string | undefined, boolean]>([
  ['text/event-stream', true],
  ['Text/Event-Stream', true],
  ['text/html, text/event-stream', true],
  ['text/html,text/event-stream ,*/*', true],
  ['text/event-stream;q=0.5', true],
  ['text/event-stream ; charset=utf-8', true],
  ['text/event-stream;q=0.001', true],
  ['text/event-stream;q=1.000', true],
  ['text/event-stream;q=0, text/event-stream', true],
  ['text/html;title="a, b", text/event-stream', true],
  ['text/event-stream;note=";q=0"', true],
  ['text/event-stream;note="\\";q=0"', true],
  ['text/event-stream;q=0', false],
  ['text/event-stream; Q = 0.000', false],
  ['text/html;title=", text/event-stream', false],
  ['text/html;title=", text/event-stream"', false],
  ['text/event-streams', false],
  ['text/*', false],
  ['*/*', false],
  ['', false],
  [',,;,', false],
  [undefined, false],
])('GET with Accept %p: %p', (accept, expected) => {
  expect(isEventSource(accept)).toBe(expected);
});

test.each(['HEAD', 'POST', 'get'])('%s asks for none', (method) => {
  expect(isEventSource('text/event-stream', method)).toBe(false);
});

test.each(['"', '"\\', '\\"', ','])('%p, 16,000 times, is read in no time', (part) => {
  expect(isEventSource(part.repeat(16_000))).toBe(false);
});
