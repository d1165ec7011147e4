/**
 * Peers that have much read at once for few bytes: everybody else is served meanwhile. Work is counted
 * in turns of the event loop, so that reading too much in one shows as too few of them.
 */
import { Pipeline } from '@ws/extensions';
import type { ExtensionMessage, ExtensionSession } from '@ws/extensions';
import { CLIENT, encodeFrame, OPCODE } from '@ws/frame-parser';
import type { OutgoingFrame } from '@ws/frame-parser';
import type { ProtocolVersion } from '@ws/handshake';
import { RSV1 } from '../../test/controlled-extension';
import { settled } from '../../test/duplex-pair';
import { Joined } from '../../test/memory-opening';
import { turnsUntil } from '../../test/turns';
import type { WebSocket } from '../api/websocket';

/** The most that an innocent one's message takes to get here, and its echo back. */
const MOST_TURNS = 6;
/** What is read in a turn, at most: of one connection, and of all together. */
const MOST_OF_ONE = 1024;
const MOST_OF_ALL = 4096;
/** A restored message, and what it costs: a unit for each KiB, and one for its frame. */
const RESTORED = 128 * 1024;
const RESTORED_COST = 129;

const SPACES = new Uint8Array(RESTORED);
/** Makes 128 KiB of every message. */
const inflating: ExtensionSession = {
  processOutgoing: (message) => ({ ...message, rsv: 0 }),
  processIncoming: ({ opcode }): ExtensionMessage => {
    return { opcode, rsv: 0, data: SPACES };
  },
  close: () => undefined,
};

interface Attack {
  readonly version?: ProtocolVersion;
  readonly inflates?: boolean;
  /** What happens before the attacker's bytes come. */
  readonly before?: (server: WebSocket) => void;
  readonly repeated: Uint8Array;
  readonly count: number;
  /** What one of them costs. */
  readonly cost?: number;
  readonly first?: Uint8Array;
  /** The last bytes: they make an event, the mark that all before has been read. */
  readonly last: Uint8Array;
}

const frame = (shape: OutgoingFrame): Uint8Array => encodeFrame(CLIENT, shape);
const text = (payload: string): Uint8Array => frame({ opcode: OPCODE.TEXT, payload });
const fragment = (opcode: number, payload: string, fin: boolean): Uint8Array =>
  frame({ opcode, payload, fin });

const LAST_FRAGMENT = fragment(OPCODE.CONTINUATION, 'end', true);
const CLOSE = frame({ opcode: OPCODE.CLOSE, payload: Uint8Array.of(3, 232) });

const ATTACKS: Record<string, Attack> = {
  'messages that inflate to 128 KiB': {
    inflates: true,
    repeated: frame({ opcode: OPCODE.TEXT, payload: 'x', rsv: RSV1 }),
    count: 300,
    cost: RESTORED_COST,
    last: text('end'),
  },
  'empty messages': { repeated: text(''), count: 100_000, last: text('end') },
  'empty fragments': {
    first: fragment(OPCODE.TEXT, '', false),
    repeated: fragment(OPCODE.CONTINUATION, '', false),
    count: 1_000_000,
    last: LAST_FRAGMENT,
  },
  'fragments of one byte': {
    first: fragment(OPCODE.TEXT, '', false),
    repeated: fragment(OPCODE.CONTINUATION, 'x', false),
    count: 100_000,
    last: LAST_FRAGMENT,
  },
  'pongs that nobody has asked for': {
    repeated: frame({ opcode: OPCODE.PONG, payload: '' }),
    count: 100_000,
    last: text('end'),
  },
  'messages behind our own close': {
    before: (server) => server.close(1000),
    repeated: text(''),
    count: 100_000,
    last: CLOSE,
  },
  'pings behind our own close': {
    before: (server) => server.close(1000),
    repeated: frame({ opcode: OPCODE.PING, payload: '' }),
    count: 100_000,
    last: CLOSE,
  },
  'fragments behind our own close': {
    before: (server) => server.close(1000),
    first: fragment(OPCODE.BINARY, '', false),
    repeated: fragment(OPCODE.CONTINUATION, 'x', false),
    count: 100_000,
    last: Buffer.concat([LAST_FRAGMENT, CLOSE]),
  },
  'frames to skip, of hixie-76': {
    version: 'hixie-76',
    repeated: Uint8Array.of(0x80, 0),
    count: 100_000,
    last: Buffer.from('\0end\xff', 'latin1'),
  },
  'empty messages of hixie-75': {
    version: 'hixie-75',
    repeated: Uint8Array.of(0, 0xff),
    count: 100_000,
    last: Buffer.from('\0end\xff', 'latin1'),
  },
};

/** A connection whose server has got all bytes of an attack at once. */
interface Attacked {
  readonly joined: Joined;
  readonly isRead: () => boolean;
}

async function attack(kind: Attack, count: number): Promise<Attacked> {
  const { version = 'hybi-13', first = new Uint8Array(0), repeated, last } = kind;
  const pipelines = kind.inflates === true ? { server: new Pipeline([inflating], RSV1) } : {};
  const joined = new Joined(version, { closeTimeout: 1e6 }, pipelines);
  joined.openings.server.open();
  let read = false;
  joined.server.on('message', ({ data }) => (read ||= (data as string).endsWith('end')));
  joined.server.on('close', () => (read = true));
  kind.before?.(joined.server);
  await settled();
  const many = Buffer.alloc(repeated.byteLength * count, repeated);
  joined.clientSide.end(Buffer.concat([first, many, last]));
  return { joined, isRead: () => read };
}

/** A connection that echoes; says in how many turns a message has come back. */
function innocent(): () => Promise<number> {
  const { client, server } = new Joined().open();
  let echoes = 0;
  server.on('message', ({ data }) => server.send(data));
  client.on('message', () => echoes++);
  return async () => {
    const before = echoes;
    client.send('are you there?');
    return await turnsUntil(() => echoes > before);
  };
}

/** Has messages echoed until all has been read; gives the turns that each took. */
async function echoesUntil(isDone: () => boolean): Promise<{ echoes: number[]; turns: number }> {
  const echo = innocent();
  await echo();
  const echoes: number[] = [];
  const progress: { turns: number; isOver: boolean } = { turns: 0, isOver: false };
  const counting = (async () => {
    progress.turns = await turnsUntil(isDone);
    progress.isOver = true;
  })();
  while (!progress.isOver) echoes.push(await echo());
  await counting;
  return { echoes, turns: progress.turns };
}

describe.each(Object.entries(ATTACKS))('%s', (_, kind) => {
  const cost = kind.cost ?? 1;

  test('of one connection', async () => {
    const { isRead } = await attack(kind, kind.count);
    const { echoes, turns } = await echoesUntil(isRead);
    expect(Math.max(...echoes)).toBeLessThanOrEqual(MOST_TURNS);
    expect(turns).toBeGreaterThanOrEqual((kind.count * cost) / MOST_OF_ONE);
  });

  test('of 20 connections', async () => {
    const count = Math.ceil(kind.count / 20);
    const all = await Promise.all(Array.from({ length: 20 }, () => attack(kind, count)));
    const { echoes, turns } = await echoesUntil(() => all.every(({ isRead }) => isRead()));
    expect(Math.max(...echoes)).toBeLessThanOrEqual(MOST_TURNS);
    expect(turns).toBeGreaterThanOrEqual((20 * count * cost) / MOST_OF_ALL);
  });
});
