/** The ways in which an application can take its messages. All of them take every message once. */
import type { MessageData } from '@ws/connection';
import type { Participant } from './participant';

export type Reader = 'events' | 'slow' | 'late' | 'iterator' | 'stream' | 'web';

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

  iterator(participant) {
    void consume(participant, participant.ws, 'iteration');
  },

  stream(participant) {
    const stream = participant.ws.stream({ objectMode: true });
    stream.on('error', () => {});
    stream.on('close', participant.promise('close of stream()'));
    void consume(participant, stream as AsyncIterable<MessageData>, 'iteration of stream()');
  },

  web(participant) {
    const { readable } = participant.ws.webStreams();
    void consume(participant, readable, 'iteration of webStreams()');
  },
};

/** Takes all there is; how it ends is the connection's business, that it ends is promised. */
async function consume(
  participant: Participant,
  messages: AsyncIterable<MessageData>,
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
