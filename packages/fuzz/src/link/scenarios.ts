/** Small conversations that have something of everything. */
import type { Act, Action, Conversation } from './conversation';
import type { SideName } from './faults';
import { CLEAN_HELD_BACK, HELD_BACK } from './held-back-scenarios';
import type { Reader } from './readers';
import { by, close, ping, SOME, text, type Scenarios } from './script';
import { CLEAN_SENDING, SENDING } from './sending-scenarios';

function talk(ending: readonly Action[], client: Reader, server: Reader): Conversation {
  const script = [
    ...by('client', 1, text, { do: 'fragments', length: 5 }, ping),
    ...by('server', SOME, text, { do: 'binary', length: 300 }, ping),
    ...by('client', 0, text, { do: 'blob', length: 20 }, text),
    ...by('server', 1, { do: 'text', length: 20_000 }, text),
    ...by('client', SOME, { do: 'binary', length: 3000 }),
    ...ending,
  ];
  return { readers: { client, server }, script };
}

const ENDINGS = {
  'the client closes': by('client', Infinity, close),
  'the server closes': by('server', Infinity, close),
  'the server closes at once': [...by('client', 0, text), ...by('server', 0, close)],
  'both close': [...by('client', 0, close), ...by('server', 0, close)],
  'the client terminates': by('client', Infinity, { do: 'terminate' }),
  'the server terminates': by('server', 2, { do: 'terminate' }),
};

/** Lengths that compression needs other threads for, on the way out, in, or both. */
const long: Act = { do: 'text', length: 140_000 };
const longNoise: Act = { do: 'noise', length: 23_000 };

/** Most of it is ready only some steps later, and what follows must not overtake it. */
function compress(
  extensions: Conversation['extensions'],
  ending: readonly Action[],
  client: Reader,
  server: Reader,
): Conversation {
  const script = [
    ...by('client', 0, text, longNoise, { do: 'blob', length: 500 }, text),
    ...by('server', 0, long, ping, { do: 'noise', length: 500 }),
    ...by('client', SOME, long),
    ...by('server', 1, { do: 'blob', length: 20_000 }, text),
    ...ending,
  ];
  return { readers: { client, server }, script, extensions };
}

/** All has arrived before anybody closes. */
function compressAll(
  extensions: Conversation['extensions'],
  closer: SideName,
  client: Reader,
  server: Reader,
): Conversation {
  const arrive = by('client', Infinity, { do: 'resume' });
  return compress(extensions, [...arrive, ...by(closer, Infinity, close)], client, server);
}

/** Something is still being worked on: on the way out, and on the way in. */
const IN_FLIGHT = {
  'the client closes': [...by('client', 0, longNoise), ...by('client', Infinity, close)],
  'the server closes': [...by('client', 9, longNoise), ...by('server', 1, longNoise, close)],
  'both close': [...by('client', 0, longNoise, close), ...by('server', 0, longNoise, close)],
  'the client terminates': [
    ...by('client', 9, text),
    ...by('client', 0, longNoise),
    ...by('client', Infinity, { do: 'terminate' }),
  ],
  'the server terminates': [...by('client', 8, longNoise), ...by('server', 1, { do: 'terminate' })],
} satisfies Record<string, Action[]>;

/** Those of them in which nothing is lost as long as the network does its part. */
export const CLEAN_SCENARIOS: Scenarios = {
  ...CLEAN_HELD_BACK,
  ...CLEAN_SENDING,
  'events, the client closes': patient('client', 'events', 'events'),
  'events, the server closes': patient('server', 'events', 'events'),
  'slow readers': patient('client', 'slow', 'slow'),
  'late readers': patient('server', 'late', 'late'),
  'an iterator and a stream': patient('client', 'iterator', 'stream'),
  'web streams and an iterator': patient('server', 'web', 'iterator'),
  'compression, the client closes': compressAll('deflate', 'client', 'events', 'slow'),
  'takeover, the server closes': compressAll('takeover', 'server', 'late', 'events'),
  'takeover without memory for it': compressAll('crowded', 'client', 'iterator', 'web'),
  'two extensions, the client closes': compressAll('both', 'client', 'stream', 'events'),
};

/** All has arrived before anybody closes. */
function patient(closer: SideName, client: Reader, server: Reader): Conversation {
  const pause = by('client', Infinity, { do: 'resume' });
  return talk([...pause, ...by(closer, Infinity, close)], client, server);
}

export const SCENARIOS: Scenarios = {
  ...CLEAN_SCENARIOS,
  ...HELD_BACK,
  ...SENDING,
  'events, both close': talk(ENDINGS['both close'], 'events', 'events'),
  'events, the client terminates': talk(ENDINGS['the client terminates'], 'events', 'events'),
  'events, the server closes at once': talk(ENDINGS['the server closes at once'], 'events', 'slow'),
  'iterators, the server terminates': talk(
    ENDINGS['the server terminates'],
    'iterator',
    'iterator',
  ),
  'streams, the client closes': talk(ENDINGS['the client closes'], 'stream', 'stream'),
  'web streams, the server closes': talk(ENDINGS['the server closes'], 'web', 'web'),
  'compression, the client closes amid it': compress(
    'deflate',
    IN_FLIGHT['the client closes'],
    'iterator',
    'events',
  ),
  'compression, the server closes amid it': compress(
    'deflate',
    IN_FLIGHT['the server closes'],
    'events',
    'stream',
  ),
  'takeover, both close amid it': compress('takeover', IN_FLIGHT['both close'], 'events', 'events'),
  'takeover, the client terminates amid it': compress(
    'takeover',
    IN_FLIGHT['the client terminates'],
    'web',
    'events',
  ),
  'two extensions, the server terminates amid it': compress(
    'both',
    IN_FLIGHT['the server terminates'],
    'slow',
    'events',
  ),
  'a message that extensions make too long, with a closing frame right behind it': {
    readers: { client: 'events', server: 'events' },
    script: by('client', 0, { do: 'text', length: 30 }, close),
    extensions: 'unwilling',
    options: { maxLength: 20 },
  },
};
