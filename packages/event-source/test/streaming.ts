/** A server whose sources are made by a test, and clients of it that show what they get. */
import { once } from 'node:events';
import { createServer, get } from 'node:http';
import type { IncomingMessage, RequestListener, RequestOptions, Server } from 'node:http';
import { listen } from '../../websocket/test/support/test-server';
import { EventSource } from '../src';
import type { EventSourceOptions } from '../src';
import { EventStreamParser } from './event-stream-parser';

/** A client that reads events as they come. */
export class EventClient {
  readonly response: IncomingMessage;
  readonly parser = new EventStreamParser();
  /** All bytes of the body. */
  text = '';

  constructor(response: IncomingMessage) {
    this.response = response;
    response.on('error', () => undefined);
    response.on('data', (bytes: Buffer) => {
      this.text += bytes.toString();
      this.parser.push(bytes);
    });
  }

  /** The data of the events, once there are so many. */
  async data(count: number): Promise<string[]> {
    while (this.parser.events.length < count) await once(this.response, 'data');
    return this.parser.events.map(({ data }) => data);
  }

  /** The data of all events, once the response is over. */
  async rest(): Promise<string[]> {
    if (!this.response.closed) await once(this.response, 'close');
    return this.parser.events.map(({ data }) => data);
  }

  leave(): void {
    this.response.destroy();
  }
}

/** What a test does with each source, as soon as it is made. */
export type Use = (source: EventSource) => void;

/** A server that answers with events, and the latest source. */
export interface Streaming {
  readonly port: number;
  readonly server: Server;
  readonly sources: EventSource[];
}

export async function streaming(
  use: Use = () => undefined,
  options?: EventSourceOptions | null,
  before: RequestListener = () => undefined,
): Promise<Streaming> {
  const sources: EventSource[] = [];
  const server = createServer((request, response) => {
    before(request, response);
    const source = new EventSource(request, response, options);
    sources.push(source);
    use(source);
  });
  return { port: await listen(server), server, sources };
}

/** Asks for events; the answer's head has come, but nothing was read. */
export async function answerOf(
  port: number,
  options: RequestOptions = {},
): Promise<IncomingMessage> {
  const request = get({ port, headers: { Accept: 'text/event-stream' }, agent: false, ...options });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return response;
}

export async function connect(port: number, options?: RequestOptions): Promise<EventClient> {
  return new EventClient(await answerOf(port, options));
}

/** What a source does, as it is told. */
export function logOf(source: EventSource): string[] {
  const log: string[] = [];
  for (const type of ['open', 'drain', 'error', 'close'] as const) {
    source.on(type, () => log.push(`${type} ${source.readyState}`));
  }
  return log;
}

export async function closed(source: EventSource): Promise<void> {
  if (source.writable) await once(source, 'close');
}
