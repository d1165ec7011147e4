/**
 * The ways in which an application can take its messages. All of them take every message once, but for
 * one that listens only when it is told to.
 */
import { once } from 'node:events';
import type { AnyMessageData } from '@ws/connection';
import type { Participant } from './participant';

export type Reader =
  'events' | 'slow' | 'late' | 'once' | 'told' | 'iterator' | 'stream' | 'web' | 'parts';

/** Steps of the link that a late application takes until it listens. */
const LATE = 6;

export const READERS: Readonly<Record<Reader, (participant: Participant) => void>> = {
  events(participant) {
    participant.ws.on('message', ({ data }) => participant.take(data));
  },

  /** Takes one message, and the next one only some time later. */
  slow(participant) {
    const { ws, stream } = participant;
    ws.on('message', ({ data }) => {
      participant.take(data);
      if (participant.left) return;
      ws.pause();
      stream.later(() => ws.resume());
    });
  },

  /** Listens only after some time. */
  late(participant) {
    const wait = (steps: number): void => {
      if (steps === 0) READERS.events(participant);
      else participant.stream.later(() => wait(steps - 1));
    };
    wait(LATE);
  },

  /** Listens for one message at a time; between two of them nobody does. */
  once(participant) {
    void takeOneByOne(participant);
  },

  /** Listens from `listen` to `unlisten`, or never. */
  told(participant) {
    participant.isTold = true;
  },

  iterator(participant) {
    void consume(participant, participant.ws, 'iteration');
  },

  stream(participant) {
    const stream = participant.ws.stream({ objectMode: true });
    stream.on('error', () => {});
    stream.on('close', participant.promise('close of stream()'));
    void consume(participant, stream as AsyncIterable<AnyMessageData>, 'iteration of stream()');
  },

  web(participant) {
    const { readable } = participant.ws.webStreams();
    void consume(participant, readable, 'iteration of webStreams()');
  },

  /** Takes messages as they arrive. */
  parts(participant) {
    void consume(participant, wholeOf(participant.ws), 'iteration of messages()');
  },
};

async function* wholeOf(ws: Participant['ws']): AsyncGenerator<AnyMessageData> {
  for await (const message of ws.messages()) {
    yield await (message.type === 'text' ? message.text() : message.bytes());
  }
}

/** Until the connection closes; then nobody is there any more to have an answer. */
async function takeOneByOne(participant: Participant): Promise<void> {
  const { ws } = participant;
  try {
    while (ws.readyState !== ws.CLOSED) {
      const [{ data }] = (await once(ws, 'message')) as [{ readonly data: AnyMessageData }];
      participant.take(data);
    }
  } catch {
    // the connection has failed: what else there is nobody hears
  }
}

/** Takes all there is; how it ends is the connection's business, that it ends is promised. */
async function consume(
  participant: Participant,
  messages: AsyncIterable<AnyMessageData>,
  what: string,
): Promise<void> {
  const done = participant.promise(what);
  try {
    for await (const message of messages) participant.take(message);
  } catch {
    // the connection has broken, and told so
  }
  done();
}
