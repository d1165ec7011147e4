/** What holds for every interleaving of two ends, whatever the network does to their bytes. */
import fc from 'fast-check';
import { Pair } from '../../test/pair';
import type { End, Heard } from '../../test/pair';

type Name = 'client' | 'server';
type Step =
  | { kind: 'text' | 'ping'; by: Name; text: string }
  | { kind: 'binary'; by: Name; data: Uint8Array }
  | { kind: 'close'; by: Name; code: number }
  | { kind: 'write' | 'pause' | 'resume'; by: Name }
  | { kind: 'read'; by: Name; size: number };

const by = fc.constantFrom<Name>('client', 'server');
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.integer({ min: 120, max: 130 }).map((length) => 'x'.repeat(length)),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('text' as const), by, text }) },
  fc.record({
    kind: fc.constant('binary' as const),
    by,
    data: fc.uint8Array({ maxLength: 200 }),
  }),
  fc.record({
    kind: fc.constant('ping' as const),
    by,
    text: fc.string({ unit: 'binary-ascii', maxLength: 125 }),
  }),
  fc.record({ kind: fc.constant('close' as const), by, code: fc.constantFrom(1000, 1005, 4999) }),
  fc.record({ kind: fc.constantFrom('write' as const, 'pause' as const, 'resume' as const), by }),
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('read' as const),
      by,
      size: fc.integer({ min: 1, max: 300 }),
    }),
  },
);

/** Takes a step, and writes down what was sent while the sender was open. */
function take(pair: Pair, one: Step, sent: Record<Name, Heard[]>): void {
  const end = pair[one.by];
  const { protocol } = end;
  const isOpen = protocol.state === 'open';
  if (one.kind === 'read') end.read(one.size);
  else if (one.kind === 'write') pair.write(end);
  else if (one.kind === 'pause') protocol.pause();
  else if (one.kind === 'resume') protocol.resume();
  else if (one.kind === 'close') protocol.startClosingHandshake(one.code, '');
  else if (isOpen && one.kind === 'binary') {
    protocol.sendBinary(one.data);
    sent[one.by].push(['binary', [...one.data]]);
  } else if (isOpen && one.kind === 'text') {
    protocol.sendText(one.text);
    sent[one.by].push(['text', one.text]);
  } else if (isOpen && one.kind === 'ping') {
    protocol.sendPing(Buffer.from(one.text));
    sent[one.by].push(['ping', one.text]);
  }
}

const withoutPongs = (end: End): Heard[] => end.heard.filter(([kind]) => kind !== 'pong');
const pongs = (end: End): string[] => end.heard.filter(([kind]) => kind === 'pong').map(String);

function expectPrefix<T>(prefix: T[], whole: T[]): void {
  expect(prefix).toEqual(whole.slice(0, prefix.length));
}

function play(steps: Step[]): { pair: Pair; sent: Record<Name, Heard[]> } {
  const pair = new Pair();
  const sent = { client: [], server: [] };
  for (const one of steps) take(pair, one, sent);
  return { pair, sent };
}

function expectHeardInOrder(pair: Pair, sent: Record<Name, Heard[]>): void {
  for (const [name, peer] of [
    ['client', 'server'],
    ['server', 'client'],
  ] as const) {
    expectPrefix(withoutPongs(pair[peer]), sent[name]);
    const pings = sent[name].filter(([kind]) => kind === 'ping');
    const answers = pings.map(([, payload]) => `pong,${String(payload)}`);
    expectPrefix(pongs(pair[name]), answers);
  }
}

test('all that is heard was sent, in order, and every closing handshake comes to its end', () => {
  const law = fc.property(
    fc.array(step, { maxLength: 60 }),
    by,
    fc.integer({ min: 1, max: 400 }),
    (steps, closer, size) => {
      const { pair, sent } = play(steps);
      pair.client.protocol.resume();
      pair.server.protocol.resume();
      pair[closer].protocol.startClosingHandshake(1000, '');
      pair.carry(size);
      expectHeardInOrder(pair, sent);
      for (const end of [pair.client, pair.server]) {
        expect(end.protocol).toMatchObject({ state: 'closed', wasClean: true, violation: null });
        expect(pair.peerOf(end).protocol.closeReceived).toEqual(end.protocol.closeSent);
      }
    },
  );
  fc.assert(law, { numRuns: 300 });
});

test('everything is heard that was sent before the first closing frame to be sent', () => {
  const sends = step.filter(({ kind }) => kind !== 'close');
  const law = fc.property(fc.array(sends, { maxLength: 60 }), by, (steps, closer) => {
    const { pair, sent } = play(steps);
    pair.client.protocol.resume();
    pair.server.protocol.resume();
    pair[closer].protocol.startClosingHandshake(1000, '');
    pair.carry();
    expect(withoutPongs(pair.peerOf(pair[closer]))).toEqual(sent[closer]);
  });
  fc.assert(law, { numRuns: 200 });
});

test('a transport that is cut leaves a clean close to whoever had seen both closing frames', () => {
  const law = fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
    const { pair, sent } = play(steps);
    const closings = [pair.client, pair.server].map(({ protocol }) => protocol.closeReceived);
    pair.cut();
    expectHeardInOrder(pair, sent);
    [pair.client, pair.server].forEach(({ protocol }, index) => {
      expect(protocol.state).toBe('closed');
      // Whoever has received a closing frame has sent its own, so one of the two is enough to know.
      expect(protocol.wasClean).toBe(closings[index] !== null);
    });
  });
  fc.assert(law, { numRuns: 200 });
});
