/** Conversations in which what arrives waits: nobody listens, or the application has paused. */
import type { Act, Conversation } from './conversation';
import type { Reader } from './readers';
import { by, close, ping, SOME, text, wait, type Scenarios } from './script';

/** More than the time that messages wait for a listener, in milliseconds. */
const UNHEARD = 6000;
/** Two of them are less than `closeTimeout`, and a peer is probed in each. */
const PROBED = 14_500;
const listen: Act = { do: 'listen' };
const unlisten: Act = { do: 'unlisten' };
const pause: Act = { do: 'pause' };
const resume: Act = { do: 'resume' };
/** Fills what may wait for a listener. */
const large: Act = { do: 'text', length: 2000 };

const READERS = { client: 'told', server: 'events' } as const;

/** Nobody listens at the client's, but when it is told to. */
function unheard(...script: Conversation['script'][]): Conversation {
  return { readers: READERS, script: script.flat() };
}

function everybody(reader: Reader, ...script: Conversation['script'][]): Conversation {
  return { readers: { client: reader, server: reader }, script: script.flat() };
}

const talk = [
  ...by('client', 0, text, { do: 'binary', length: 300 }, ping, text),
  ...by('server', 0, text, large, { do: 'fragments', length: 5 }, text),
  ...by('client', 1, { do: 'blob', length: 20 }),
  ...by('server', Infinity, { do: 'blob', length: 20 }, text),
];

/** As long as the network does its part, all that is not dropped is heard, and the end is clean. */
export const CLEAN_HELD_BACK: Scenarios = {
  'nobody ever listens': unheard(
    by('server', 0, text, ping),
    by('client', SOME, text),
    by('server', Infinity, large, text, { do: 'binary', length: 30 }),
    [wait(UNHEARD)],
    by('server', Infinity, text, ping),
    by('client', Infinity, text),
    by('server', Infinity, close),
  ),
  'nobody listens for a while, twice': unheard(
    by('server', Infinity, text, large, text),
    by('client', Infinity, listen, unlisten),
    by('server', Infinity, text, text),
    [wait(UNHEARD)],
    by('server', Infinity, text),
    by('client', 0, listen),
    by('server', SOME, text),
    by('client', Infinity, unlisten, text),
    by('server', Infinity, text, close),
    by('client', Infinity, listen),
  ),
  'nobody listens until the closing frame has come': unheard(
    by('client', Infinity, text),
    by('server', 0, text, text, close),
    [wait(UNHEARD / 3)],
    by('client', Infinity, listen),
  ),
  'nobody listens, and the closing frame comes': unheard(
    by('client', Infinity, text),
    by('server', 0, text, large, text, close),
    [wait(UNHEARD), wait(UNHEARD)],
  ),
  'nobody listens behind a pause': unheard(
    by('server', Infinity, text),
    by('client', Infinity, pause, text),
    by('server', Infinity, large, text, ping),
    [wait(UNHEARD)],
    by('client', Infinity, resume),
    [wait(UNHEARD)],
    by('server', Infinity, text, close),
  ),
  'loops of once, the server closes': everybody('once', talk, by('server', Infinity, close)),
  'paused, with messages and a closing frame on the way': everybody(
    'events',
    by('client', Infinity, pause, text),
    by('server', 0, text, { do: 'binary', length: 900 }, ping, close),
    [wait(PROBED), wait(PROBED)],
    by('client', Infinity, resume),
  ),
  'paused in the midst of what extensions work on': {
    ...everybody(
      'events',
      by('server', 0, { do: 'noise', length: 900 }, text, { do: 'binary', length: 41 }),
      by('client', 1, pause, text, ping),
      by('server', 4, { do: 'text', length: 17 }, ping),
      by('client', 4, resume, pause),
      [wait(PROBED)],
      by('client', Infinity, resume),
      by('server', Infinity, close),
    ),
    extensions: 'slow',
  },
};

export const HELD_BACK: Scenarios = {
  ...CLEAN_HELD_BACK,
  'nobody listens, and the server terminates': unheard(
    by('client', 0, text),
    by('server', SOME, text, large, text, ping, { do: 'terminate' }),
    [wait(UNHEARD)],
  ),
  'nobody listens, and both close': unheard(
    by('client', 0, text, { do: 'blob', length: 9 }),
    by('server', 1, text, large, ping, text),
    by('client', 0, close),
    by('server', Infinity, close),
  ),
  'loops of once, the client terminates': everybody(
    'once',
    talk,
    by('client', Infinity, { do: 'terminate' }),
  ),
  'paused for good': everybody(
    'slow',
    by('server', SOME, text, text),
    by('client', 0, pause, text, ping),
    by('server', SOME, { do: 'binary', length: 900 }, text, close),
    [wait(PROBED), wait(PROBED), wait(PROBED)],
  ),
};
