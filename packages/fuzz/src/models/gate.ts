/**
 * Received messages against a model of why they wait: the application has paused, nobody listens, as
 * many wait as may. The order, what is dropped as unheard, and when the end is told have to agree.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CLIENT, SERVER, type AnyMessageData, type Role } from '@ws/connection';
import { encodeFrame, OPCODE } from '@ws/frame-parser';
import { systemError, type SideName } from '../link/faults';
import { HeldConnection, settled } from '../link/held-connection';
import { inVirtualTime, VirtualClock } from '../link/virtual-clock';
import type { Model } from '../model';
import { GateModel, type Arrival, type GateOptions } from './gate-model';

/** In milliseconds: no end is given up. */
const CLOSE_TIMEOUT = 1_000_000_000;

/** The connection, and what its application has seen. */
class Real {
  readonly held: HeldConnection;
  readonly heard: string[] = [];
  readonly codes: number[] = [];
  private readonly clock: VirtualClock;

  constructor(role: Role, options: GateOptions, clock: VirtualClock) {
    this.clock = clock;
    this.held = new HeldConnection(role, { ...options, closeTimeout: CLOSE_TIMEOUT });
    this.held.ws.on('close', ({ code }) => this.codes.push(code));
    this.held.open();
  }

  arrive(arrival: Arrival): void {
    const { stream, role } = this.held;
    const peer = role === CLIENT ? SERVER : CLIENT;
    if (typeof arrival !== 'string') {
      const frames = arrival.map((payload) => encodeFrame(peer, { opcode: OPCODE.TEXT, payload }));
      stream.push(Buffer.concat(frames));
      return;
    }
    const payload = Uint8Array.of(3, 232);
    if (arrival === 'close') stream.push(encodeFrame(peer, { opcode: OPCODE.CLOSE, payload }));
    stream.arriveEnd();
  }

  pass(milliseconds: number): void {
    this.clock.advance(milliseconds);
  }

  readonly hear = ({ data }: { readonly data: AnyMessageData }): void => {
    this.heard.push(data as string);
  };

  readonly hearAndPause: typeof this.hear = (event) => {
    this.hear(event);
    this.held.ws.pause();
  };
}

type Command = fc.AsyncCommand<GateModel, Real>;

/** `act` does it to both, the model and the connection; then both are compared. */
function commandOf(
  name: string,
  act: (model: GateModel, real: Real) => void,
  check: (model: Readonly<GateModel>) => boolean = () => true,
): Command {
  return {
    check: (model) => !model.isClosed && check(model),
    async run(model, real) {
      act(model, real);
      await settled();
      compare(model, real);
    },
    toString: () => name,
  };
}

function compare(model: GateModel, { held, heard, codes }: Real): void {
  assert.deepEqual(heard, model.heard, 'heard');
  assert.equal(held.ws.unheardMessages, model.unheard, 'unheardMessages');
  assert.deepEqual(codes, model.isClosed ? [model.endCode] : [], 'closed with');
  if (!model.isClosed) assert.equal(held.ws.isPaused, model.paused, 'isPaused');
}

let count = 0;

/** Messages that come together; no two are the same. */
const receive = (lengths: readonly number[]): Command =>
  commandOf(
    `receive ${String(lengths)}`,
    (model, real) => {
      const texts = lengths.map((length) => `${count++}:${'x'.repeat(length)}`);
      real.arrive(texts);
      model.arrive(texts);
    },
    ({ peerIsDone }) => !peerIsDone,
  );

const end = (how: 'close' | 'end'): Command =>
  commandOf(
    `receive the ${how}`,
    (model, real) => {
      real.arrive(how);
      model.arrive(how);
    },
    ({ peerIsDone }) => !peerIsDone,
  );

const reset: Command = commandOf(
  'reset',
  (model, real) => {
    real.held.stream.destroy(systemError('ECONNRESET'));
    model.reset();
  },
  ({ endCode }) => endCode === null,
);

const pass = (milliseconds: number): Command =>
  commandOf(`pass ${milliseconds} ms`, (model, real) => {
    real.pass(milliseconds);
    model.pass(milliseconds);
  });

const pause: Command = commandOf('pause', (model, real) => {
  real.held.ws.pause();
  model.pause();
});

const resume: Command = commandOf('resume', (model, real) => {
  real.held.ws.resume();
  if (model.paused) model.resume();
});

const listen = (how: 'once' | 'always' | 'pausing'): Command =>
  commandOf(
    `listen: ${how}`,
    (model, { held: { ws }, hear, hearAndPause }) => {
      if (how === 'once') ws.once('message', hear);
      else ws.on('message', how === 'always' ? hear : hearAndPause);
      model.listen(how);
    },
    ({ listens }) => listens === 'no',
  );

const unlisten: Command = commandOf('unlisten', (model, { held: { ws }, hear, hearAndPause }) => {
  ws.off('message', hear).off('message', hearAndPause);
  model.listens = 'no';
});

const lengths = fc.array(fc.constantFrom(0, 10, 100, 1000), { minLength: 1, maxLength: 4 });
const commands = fc.commands(
  [
    lengths.map(receive),
    lengths.map(receive),
    fc.constantFrom('close' as const, 'end' as const).map(end),
    fc.constant(reset),
    fc.constantFrom(500, 1000, 4500, 5000).map(pass),
    fc.constantFrom(pause, resume),
    fc.constantFrom('once' as const, 'always' as const, 'pausing' as const).map(listen),
    fc.constant(unlisten),
  ],
  { maxCommands: 16 },
);
const options: fc.Arbitrary<GateOptions> = fc.record({
  highWaterMark: fc.constantFrom(0, 200, 65_536),
  unheardTimeout: fc.constantFrom(0, 1000, 5000, Infinity),
});

export const gate: Model = {
  name: 'gate',
  law: 'messages are heard, held back and dropped, and the end is told, as a model of it has it',
  runs: 300,
  property: fc.asyncProperty(
    fc.constantFrom<SideName>('client', 'server'),
    options,
    commands,
    async (side, settings, script) => {
      const clock = new VirtualClock();
      await inVirtualTime(clock, async (uncaught) => {
        const real = new Real(side === 'client' ? CLIENT : SERVER, settings, clock);
        await settled();
        try {
          await fc.asyncModelRun(() => ({ model: new GateModel(settings), real }), script);
        } finally {
          real.held.ws.terminate();
          await settled();
        }
        assert.deepEqual(uncaught, [], 'something reached the process');
        assert.equal(real.codes.length, 1, 'it does not close once');
        assert.equal(clock.running, 0, 'timers are left running');
      });
    },
  ),
};
