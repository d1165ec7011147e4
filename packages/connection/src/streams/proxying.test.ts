/**
 * The laws of `proxy()`: whatever is sent, held back and ended, what arrives is what was sent, up to
 * some point; all of it if who has sent it closes, and the other end only listens; and at the end nothing is open.
 */
import fc from 'fast-check';
import { settled } from '../../test/duplex-pair';
import type { Side } from '../../test/duplex-pair';
import { Joined } from '../../test/memory-opening';
import type { WebSocket } from '../api/websocket';
import type { Ending } from '../lifecycle/ending';
import { proxy } from './proxy';

type Data = string | Buffer;
type End = 'near' | 'far';

type Step =
  | { readonly does: 'send'; readonly end: End; readonly data: Data }
  | { readonly does: 'send in parts'; readonly end: End; readonly parts: Data[] }
  | { readonly does: 'flood' | 'pause' | 'resume' | 'stall' | 'unstall'; readonly end: End }
  | { readonly does: 'wait' };

interface Finish {
  readonly end: End;
  /** Before so many steps. */
  readonly at: number;
  /** Null: without a closing frame. */
  readonly status: { readonly code: number; readonly reason: string } | null;
}

const OTHER = { near: 'far', far: 'near' } as const;
/** Of every form that the length of a frame has, and of more than fits into a chunk of the outbox. */
const LENGTHS = [0, 1, 125, 126, 1000, 65_535, 65_536, 200_000];

/** Twenty of these are more than may wait: whole ones, and ones that come in parts. */
const FLOOD = [Buffer.alloc(100), 'a'.repeat(150_000)];
/** That may wait in the middle, for one of the two: up to `highWaterMark`, and the longest message. */
const MOST = 65_536 + 4 * 200_000;

const end = fc.constantFrom<End>('near', 'far');
const data: fc.Arbitrary<Data> = fc
  .tuple(fc.constantFrom(...LENGTHS), fc.constantFrom('a', 'é', '😀'), fc.boolean())
  .map(([length, unit, isText]) => {
    const bytes = Buffer.alloc(length - (length % Buffer.byteLength(unit)), unit);
    return isText ? bytes.toString() : bytes;
  });
/** Of one kind. */
const parts = fc
  .tuple(fc.array(data, { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([chunks, isText]) => chunks.map((chunk) => (isText ? String(chunk) : Buffer.from(chunk))));
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant('send' as const), end, data }) },
  fc.record({ does: fc.constant('send in parts' as const), end, parts }),
  fc.record({ does: fc.constantFrom('flood' as const, 'stall' as const), end }),
  fc.record({ does: fc.constantFrom('pause', 'resume', 'unstall'), end }),
  { weight: 4, arbitrary: fc.record({ does: fc.constant('wait' as const) }) },
);
const status = fc.constantFrom(
  { code: 1000, reason: '' },
  { code: 4001, reason: 'why' },
  { code: 3000, reason: 'é'.repeat(61) },
);
const finish = fc.record({ end, at: fc.nat(20), status: fc.option(status) });
/** The upstream is open before so many steps. */
const opening = fc.nat(20);
const highWaterMark = fc.constantFrom(0, 1000, 65_536);

/** A client and an upstream, and the two between them. */
class Chain {
  readonly sent: Record<End, Data[]> = { near: [], far: [] };
  readonly received: Record<End, Data[]> = { near: [], far: [] };
  readonly #one: Joined;
  readonly #other: Joined;
  readonly endings: ReturnType<typeof proxy>;

  constructor(options: { highWaterMark: number }) {
    this.#one = new Joined('hybi-13', options).open();
    this.#other = new Joined('hybi-13', options);
    for (const { clientSide, serverSide } of [this.#one, this.#other]) {
      cutTogether(clientSide, serverSide);
      cutTogether(serverSide, clientSide);
    }
    for (const name of ['near', 'far'] as const) {
      this.#ws(name).on('message', ({ data }) => this.received[name].push(data));
    }
    this.endings = proxy(this.#one.server, this.#other.client);
  }

  get all(): WebSocket[] {
    return [this.#one, this.#other].flatMap(({ client, server }) => [client, server]);
  }

  get sides(): Side[] {
    return [this.#one, this.#other].flatMap(({ clientSide, serverSide }) => [
      clientSide,
      serverSide,
    ]);
  }

  /** For whichever of the two there is more. */
  get waiting(): number {
    return Math.max(this.#one.server.bufferedAmount, this.#other.client.bufferedAmount);
  }

  openUpstream(): void {
    this.#other.open();
  }

  async do(step: Step): Promise<void> {
    if (step.does === 'wait') return settled();
    const ws = this.#ws(step.end);
    switch (step.does) {
      case 'send':
        this.#send(step.end, step.data);
        break;
      case 'flood':
        for (let count = 0; count < 20; count++) this.#send(step.end, FLOOD[count % 2]);
        break;
      case 'send in parts':
        if (ws.readyState <= 1) this.sent[step.end].push(joined(step.parts));
        void ws.sendStream(step.parts, { text: typeof step.parts[0] === 'string' });
        break;
      case 'pause':
      case 'resume':
        ws[step.does]();
        break;
      default:
        this.#exit(step.end)[step.does]();
    }
  }

  #send(end: End, data: Data): void {
    const ws = this.#ws(end);
    if (ws.readyState <= 1) this.sent[end].push(data);
    ws.send(data);
  }

  finish({ end, status }: Finish): void {
    if (status === null) this.#ws(end).terminate();
    else this.#ws(end).close(status.code, status.reason);
  }

  /** Everybody reads again. */
  release(): void {
    for (const end of ['near', 'far'] as const) {
      this.#exit(end).unstall();
      this.#ws(end).resume();
    }
  }

  closed(end: End): Promise<Ending> {
    return this.#ws(end).closed;
  }

  #ws(end: End): WebSocket {
    return end === 'near' ? this.#one.client : this.#other.server;
  }

  /** What the proxy writes to that end. */
  #exit(end: End): Side {
    return end === 'near' ? this.#one.serverSide : this.#other.clientSide;
  }
}

/** A stream that is destroyed takes the other end with it, as a socket does. */
function cutTogether(side: Side, peer: Side): void {
  side.on('close', () => setImmediate(() => peer.destroy()));
}

function joined(parts: readonly Data[]): Data {
  return typeof parts[0] === 'string' ? parts.join('') : Buffer.concat(parts as Buffer[]);
}

async function run(
  chain: Chain,
  steps: readonly Step[],
  finishes: readonly Finish[],
  opensAt: number,
): Promise<void> {
  for (const [index, step] of steps.entries()) {
    if (index === opensAt) chain.openUpstream();
    for (const finish of finishes) if (finish.at === index) chain.finish(finish);
    await chain.do(step);
    expect(chain.waiting).toBeLessThan(MOST);
  }
  if (opensAt >= steps.length) chain.openUpstream();
  for (const finish of finishes) if (finish.at >= steps.length) chain.finish(finish);
  chain.release();
}

function expectPrefix(received: readonly Data[], sent: readonly Data[]): void {
  expect(received.length).toBeLessThanOrEqual(sent.length);
  for (const [index, message] of received.entries()) {
    const same = Buffer.from(message).equals(Buffer.from(sent[index]));
    if (!same || typeof message !== typeof sent[index]) throw new Error(`message ${index}`);
  }
}

const runs = { steps: fc.array(step, { maxLength: 20 }), opening, highWaterMark };

test('all that was sent before it closes arrives, and the code and the reason', async () => {
  const one = fc.record({ ...runs, finish });
  const property = fc.asyncProperty(one, async ({ steps, opening, finish, highWaterMark }) => {
    const chain = new Chain({ highWaterMark });
    await run(chain, steps, [finish], opening);
    const { near, far } = { near: await chain.closed('near'), far: await chain.closed('far') };
    await chain.endings;
    const other = OTHER[finish.end];
    const told = { near, far }[other];
    expectPrefix(chain.received[other], chain.sent[finish.end]);
    expectPrefix(chain.received[finish.end], chain.sent[other]);
    if (finish.status === null) expect(told.code).toBe(1006);
    else {
      expect(told).toMatchObject({ ...finish.status, wasClean: true });
      expect(chain.received[other]).toHaveLength(chain.sent[finish.end].length);
    }
    await expectNothingLeft(chain);
  });
  await fc.assert(property, { numRuns: 100 });
});

test('whoever ends, and however often, everything ends, and nothing is made up', async () => {
  const several = fc.record({
    ...runs,
    finishes: fc.array(finish, { minLength: 2, maxLength: 4 }),
  });
  const property = fc.asyncProperty(several, async ({ steps, finishes, ...rest }) => {
    const chain = new Chain(rest);
    await run(chain, steps, finishes, rest.opening);
    await chain.endings;
    expectPrefix(chain.received.far, chain.sent.near);
    expectPrefix(chain.received.near, chain.sent.far);
    await expectNothingLeft(chain);
  });
  await fc.assert(property, { numRuns: 100 });
});

async function expectNothingLeft({ all, sides }: Chain): Promise<void> {
  for (const ws of all) {
    await ws.closed;
    expect([ws.readyState, ws.listenerCount('drain')]).toEqual([3, 0]);
  }
  await settled();
  for (const side of sides) expect(side.destroyed).toBe(true);
}
