/**
 * The async contexts (AsyncLocalStorage) of connections that share a tick, a timer and a turn of the
 * event loop: what runs for one runs in a context of its own, or in none; never in another's.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { Pipeline } from '@ws/extensions';
import { ControlledSession, RSV1 } from '../../test/controlled-extension';
import { fakeDeadlines, pass } from '../../test/deadline-clock';
import { settled } from '../../test/duplex-pair';
import { Joined } from '../../test/memory-opening';
import type { ConnectionOptions } from '../options';

const NAMES = ['one', 'two', 'three'] as const;
type Name = (typeof NAMES)[number];

const contexts = new AsyncLocalStorage<string>();
// One that is left on makes every promise of the process slower.
afterAll(() => contexts.disable());

beforeEach(fakeDeadlines);
afterEach(() => jest.useRealTimers());

/** Three connections, each made and opened in a context of its own. */
function connections(
  options: ConnectionOptions = {},
  pipeline: () => Pipeline | null = () => null,
): Record<Name, Joined> {
  const make = (name: Name): Joined => {
    const client = pipeline();
    const pipelines = client === null ? {} : { client };
    return contexts.run(name, () => new Joined('hybi-13', options, pipelines).open());
  };
  return { one: make('one'), two: make('two'), three: make('three') };
}

/** Notes whose listener runs, and where. */
class Notes {
  readonly notes: (readonly [string, string | undefined])[] = [];

  note(name: string): void {
    this.notes.push([name, contexts.getStore()]);
  }

  /** Every one has run, as often as each other, and none in another's context. */
  check(times = 1): void {
    expect(this.notes.filter(([name, at]) => at !== undefined && at !== name)).toEqual([]);
    for (const each of NAMES) {
      expect(this.notes.filter(([name]) => name === each)).toHaveLength(times);
    }
  }
}

describe('the callback of send() runs in its sender’s context:', () => {
  test.each<[string, ConnectionOptions, (pair: Joined) => void, (pair: Joined) => void]>([
    ['at once', {}, () => undefined, () => undefined],
    ['congested', {}, (pair) => pair.clientSide.stall(), (pair) => pair.clientSide.unstall()],
    ['lost', {}, (pair) => pair.clientSide.stall(), (pair) => pair.client.terminate()],
    ['closing', {}, (pair) => pair.client.close(), () => undefined],
    [
      'too much',
      { maxBufferedAmount: 1, slowReader: 'drop' },
      (pair) => pair.client.send('x'),
      () => undefined,
    ],
  ])('%s', async (_, options, before, after) => {
    const all = connections(options);
    const seen: unknown[] = [];
    for (const name of NAMES) before(all[name]);
    for (const name of NAMES) {
      contexts.run(`send by ${name}`, () => {
        all[name].client.send('message', () => seen.push([name, contexts.getStore()]));
      });
    }
    await settled();
    contexts.run('whoever unblocks', () => NAMES.forEach((name) => after(all[name])));
    await settled();
    expect(seen).toEqual(NAMES.map((name) => [name, `send by ${name}`]));
  });

  test('before open, behind a Blob, and as the answer to a ping', async () => {
    const seen: unknown[] = [];
    const joined = contexts.run('maker', () => new Joined());
    const note = (): unknown => seen.push(contexts.getStore());
    contexts.run('first', () => joined.client.send('early', note));
    contexts.run('second', () => joined.client.send(new Blob(['blob']), note));
    contexts.run('third', () => joined.client.send('behind', note));
    contexts.run('opener', () => joined.open());
    contexts.run('fourth', () => joined.client.ping('', note));
    await settled();
    expect(seen.sort()).toEqual(['first', 'fourth', 'second', 'third']);
  });
});

describe('never in another’s context:', () => {
  test('drain', async () => {
    const all = connections();
    const notes = new Notes();
    for (const name of NAMES) {
      const { client, clientSide } = all[name];
      client.on('drain', () => notes.note(name));
      clientSide.stall();
      contexts.run(name, () => client.send('x'.repeat(100_000)));
    }
    await settled();
    for (const name of NAMES) contexts.run(name, () => all[name].clientSide.unstall());
    await settled();
    notes.check();
  });

  test.each<[string, ConnectionOptions, (pair: Joined) => void]>([
    ['WS_ERR_IDLE_TIMEOUT', { idleTimeout: 1000 }, () => undefined],
    ['WS_ERR_PING_TIMEOUT', { ping: 1, pingTimeout: 1000 }, (pair) => pair.serverSide.pause()],
    [
      'WS_ERR_CLOSE_TIMEOUT',
      { closeTimeout: 1000 },
      (pair) => {
        pair.serverSide.pause();
        pair.client.close(1000);
      },
    ],
  ])('the errors of a deadline: %s', async (code, options, before) => {
    const all = connections(options);
    const notes = new Notes();
    for (const name of NAMES) {
      const { client } = all[name];
      client.on('error', ({ error }) => {
        expect(error).toMatchObject({ code });
        notes.note(name);
      });
      client.on('close', () => notes.note(name));
      contexts.run(name, () => before(all[name]));
    }
    await contexts.run('one', () => pass(5000));
    notes.check(2);
  });

  test('messages whose turn comes later, of several floods', async () => {
    const all = connections();
    const notes = new Notes();
    for (const name of NAMES) {
      all[name].client.on('message', () => notes.note(name));
      contexts.run(name, () => {
        for (let count = 0; count < 3000; count++) all[name].server.send('x');
      });
    }
    while (notes.notes.length < 9000) await settled();
    notes.check(3000);
  });

  test('messages that have waited for a listener', async () => {
    const all = connections();
    const notes = new Notes();
    for (const name of NAMES) all[name].server.send('x');
    await settled();
    for (const name of NAMES) {
      contexts.run(name, () => all[name].client.on('message', () => notes.note(name)));
    }
    await settled();
    notes.check();
  });

  test('errors of a payload whose memory was taken away, found at the end of the tick', async () => {
    const all = connections();
    const notes = new Notes();
    for (const name of NAMES) {
      const data = new Uint8Array(100_000);
      all[name].server.on('error', () => notes.note(name));
      contexts.run(name, () => all[name].server.send(data));
      structuredClone(data, { transfer: [data.buffer] });
    }
    await settled();
    notes.check();
  });

  test('what waits for an extension', async () => {
    const sessions: ControlledSession[] = [];
    const all = connections({}, () => {
      sessions.push(new ControlledSession());
      return new Pipeline([sessions.at(-1)!], RSV1);
    });
    const notes = new Notes();
    for (const name of NAMES) {
      contexts.run(name, () => {
        all[name].client.send('~held', () => notes.note(name));
        all[name].client.send('behind', () => notes.note(name));
      });
    }
    contexts.run('one', () => sessions.forEach((session) => session.current.release()));
    await settled();
    notes.check(2);
  });
});
