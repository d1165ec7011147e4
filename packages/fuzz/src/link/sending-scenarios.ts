/** Conversations in which what is sent waits: for a peer that reads slowly or not, or in vain. */
import type { Act, Conversation } from './conversation';
import { by, close, ping, SOME, text, wait, type Scenarios } from './script';

/** Less than any timeout, in milliseconds. */
const SHORT = 20_000;
const EVENTS = { client: 'events', server: 'events' } as const;
const pause: Act = { do: 'pause' };
const resume: Act = { do: 'resume' };
const pour: Act = { do: 'pour', length: 230, times: 12 };
const binary: Act = { do: 'binary', length: 900 };

/** The server does not read; the client goes by what `send()` says. */
function stuck(extensions: Conversation['extensions']): Conversation {
  const script = [
    ...by('server', SOME, pause, ping),
    ...by('client', SOME, pour, ping, { do: 'blob', length: 40 }, pour),
    ...by('server', 5, text, ping, text),
    wait(SHORT),
    ...by('server', Infinity, resume),
    ...by('client', Infinity, close),
  ];
  return { readers: EVENTS, script, extensions };
}

export const CLEAN_SENDING: Scenarios = {
  'a stuck reader, and a sender that goes by drain': stuck('none'),
  'the same with extensions that take their time': stuck('slow'),
  'the same with compression as well': stuck('both'),
  'pings and pongs of both, on a link that is full': {
    readers: { client: 'slow', server: 'once' },
    options: { ping: 10, pingTimeout: 10_000, idleTimeout: 60_000 },
    script: [
      ...by('client', 0, binary, ping, binary, ping),
      ...by('server', 0, binary, ping, { do: 'pour', length: 800, times: 4 }, ping),
      ...by('client', 2, ping, { do: 'pour', length: 800, times: 3 }),
      wait(11_000),
      ...by('server', 2, ping, binary, ping, ping),
      wait(11_000),
      ...by('client', Infinity, close),
    ],
  },
  'close() behind much that waits': {
    readers: EVENTS,
    script: [
      ...by('server', Infinity, text, pause),
      ...by('client', 0, binary, binary, { do: 'blob', length: 900 }, binary, ping, binary, close),
      ...by('server', 4, ping),
      wait(SHORT),
      ...by('server', Infinity, resume),
    ],
  },
};

/** Bytes for a peer that has none: nobody's fault but the sender's, whose connection ends. */
function toTextOnly(version: Conversation['version']): Conversation {
  const script = [
    ...by('client', 1, text, text, { do: 'text', length: 300 }),
    ...by('server', 2, text, { do: 'text', length: 300 }, text),
    ...by('server', SOME, { do: 'bytes', length: 20 }, text),
    ...by('client', Infinity, text),
  ];
  return { readers: EVENTS, script, version };
}

/** Memory that is taken away as soon as it is sent, where it is copied and where it is not. */
function lend(extensions: Conversation['extensions']): Conversation {
  const script = [
    ...by('client', 0, text, { do: 'lent', length: 30 }, text),
    ...by('server', SOME, text, ping, { do: 'binary', length: 300 }),
    ...by('server', 0, { do: 'lent', length: 50_000 }, text),
    ...by('client', Infinity, text),
    ...by('client', 1, { do: 'blob', length: 20 }, { do: 'lent', length: 300 }, text),
  ];
  return { readers: EVENTS, script, extensions };
}

export const SENDING: Scenarios = {
  ...CLEAN_SENDING,
  'bytes for a peer of draft 75': toTextOnly('hixie-75'),
  'bytes for a peer of draft 76': toTextOnly('hixie-76'),
  'memory is taken away': lend('none'),
  'memory is taken away from extensions': lend('slow'),
  'a sender that goes by drain, and a server that closes': {
    readers: { client: 'events', server: 'slow' },
    script: [
      ...by('client', 4, pour, text),
      ...by('server', 4, text, ping, close),
      ...by('client', 1, ping, pour),
    ],
  },
};
