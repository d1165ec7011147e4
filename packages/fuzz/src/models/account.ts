/**
 * What waits to be sent against a model of it that has lists of lengths in place of bytes, on a stream
 * that takes what it is told to take: `bufferedAmount`, what `send()` answers, `drain`, and what
 * becomes of slow readers.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CLIENT, SERVER, type Role, type SendData } from '@ws/connection';
import { HeldConnection, settled } from '../link/held-connection';
import type { SideName } from '../link/faults';
import { inVirtualTime, VirtualClock } from '../link/virtual-clock';
import type { Model } from '../model';
import { AccountModel, type AccountOptions } from './account-model';

const FORMS = ['text', 'wide text', 'bytes', 'blob'] as const;
type Form = (typeof FORMS)[number];

/** A Blob that is read when the model says so. */
class HeldBlob {
  readonly size: number;
  private resolve: ((bytes: ArrayBuffer) => void) | null = null;

  constructor(size: number) {
    this.size = size;
  }

  arrayBuffer(): Promise<ArrayBuffer> {
    return new Promise((resolve) => (this.resolve = resolve));
  }

  /** @returns whether somebody wants to read it */
  read(): boolean {
    const { resolve } = this;
    this.resolve = null;
    resolve?.(new ArrayBuffer(this.size));
    return resolve !== null;
  }
}

/** The connection, and what its application has seen. */
class Real {
  readonly held: HeldConnection;
  readonly blobs: HeldBlob[] = [];
  sent = 0;
  taken = 0;
  given = 0;
  drains = 0;
  closes = 0;

  constructor(role: Role, options: AccountOptions) {
    this.held = new HeldConnection(role, options);
    this.held.ws.on('drain', () => this.drains++);
    this.held.ws.on('close', () => this.closes++);
    this.held.ws.on('error', () => {});
  }

  send(form: Form, length: number): boolean {
    this.sent++;
    return this.held.ws.send(this.payload(form, length), (error) => {
      if (error === null) this.taken++;
      else this.given++;
    });
  }

  private payload(form: Form, length: number): SendData {
    if (form === 'bytes') return new Uint8Array(length);
    if (form === 'text') return 'x'.repeat(length);
    if (form === 'wide text') return 'ü'.repeat(length / 2);
    const blob = new HeldBlob(length);
    this.blobs.push(blob);
    return blob as unknown as Blob;
  }
}

type Command = fc.AsyncCommand<AccountModel, Real>;

/** `act` does it to both, the model and the connection; then both are compared. */
function commandOf(
  name: string,
  act: (model: AccountModel, real: Real) => void,
  check: (model: Readonly<AccountModel>) => boolean = () => true,
): Command {
  return {
    check,
    async run(model, real) {
      act(model, real);
      await settled();
      model.settle();
      compare(model, real);
    },
    toString: () => name,
  };
}

function compare(model: AccountModel, { held: { ws }, taken, given, drains }: Real): void {
  const { bufferedAmount, droppedMessages } = ws;
  assert.deepEqual(
    { bufferedAmount, droppedMessages, taken, given, drains },
    {
      bufferedAmount: model.bufferedAmount,
      droppedMessages: model.dropped,
      taken: model.taken,
      given: model.given,
      drains: model.drains,
    },
  );
}

const send = (form: Form, length: number): Command =>
  commandOf(`send ${form} of ${length}`, (model, real) => {
    const answer = real.send(form, length);
    const expected = model.send({ length, isBlob: form === 'blob' });
    assert.equal(answer, expected, 'the answer of send()');
    assert.equal(real.held.ws.bufferedAmount, model.bufferedAmount, 'bufferedAmount at once');
  });

const ping = (length: number): Command =>
  commandOf(`ping of ${length}`, (model, real) => {
    assert.equal(real.held.ws.ping('p'.repeat(length)), model.ping(length), 'the answer of ping()');
  });

const open: Command = commandOf(
  'open',
  (model, real) => {
    real.held.open();
    model.open();
  },
  ({ state }) => state === 'connecting',
);

const read: Command = commandOf(
  'read the Blob',
  (model, real) => {
    assert.ok(
      real.blobs.some((blob) => blob.read()),
      'no Blob is being read',
    );
    model.read();
  },
  ({ reads }) => reads,
);

const stall: Command = commandOf('stall', (model, real) => {
  real.held.stream.stalled = model.stalled = true;
});

const unstall: Command = commandOf('unstall', (model, real) => {
  real.held.stream.stalled = model.stalled = false;
  real.held.stream.takeWrite();
  model.take();
});

const take: Command = commandOf(
  'take one write',
  (model, real) => {
    real.held.stream.takeWrite();
    model.take();
  },
  ({ isWriting }) => isWriting,
);

/** Around the lengths where headers grow; all of them are even. */
const length = fc.constantFrom(0, 2, 124, 126, 300, 1000, 40_000, 65_534, 65_536, 70_000);
const message = fc.tuple(fc.constantFrom(...FORMS), fc.oneof(fc.constantFrom(0, 2, 300), length));
const sending = message.map(([form, bytes]) => send(form, bytes));
const commands = fc.commands(
  [
    sending,
    sending,
    sending,
    fc.constantFrom(0, 125).map(ping),
    fc.constant(open),
    fc.constant(open),
    fc.constant(read),
    fc.constantFrom(stall, unstall, take),
    fc.constantFrom(stall, take),
  ],
  { maxCommands: 24 },
);
const options: fc.Arbitrary<AccountOptions> = fc.record({
  // Some are what messages weigh, to the byte: those of a server, of a client, in the queue.
  highWaterMark: fc.constantFrom(0, 1, 128, 304, 308, 428, 2000, 65_536),
  maxBufferedAmount: fc.constantFrom(0, 500, 5000, 100_000, Infinity),
  slowReader: fc.constantFrom('close' as const, 'drop' as const, 'none' as const),
});

export const account: Model = {
  name: 'account',
  law: 'what waits to be sent, and what senders are told of it, is as a model of it has it',
  runs: 300,
  property: fc.asyncProperty(
    fc.constantFrom<SideName>('client', 'server'),
    options,
    commands,
    async (side, settings, script) => {
      const clock = new VirtualClock();
      await inVirtualTime(clock, async (uncaught) => {
        const real = new Real(side === 'client' ? CLIENT : SERVER, settings);
        const model = new AccountModel(settings, side === 'client');
        try {
          await fc.asyncModelRun(() => ({ model, real }), script);
        } finally {
          real.held.ws.terminate();
          await settled();
        }
        assert.deepEqual(uncaught, [], 'something reached the process');
        assert.equal(real.held.ws.bufferedAmount, model.bufferedAmount, 'what never left');
        assert.equal(real.taken + real.given, real.sent, 'callbacks that were not called once');
        assert.equal(real.closes, 1, 'it does not close once');
        assert.equal(clock.running, 0, 'timers are left running');
      });
    },
  ),
};
