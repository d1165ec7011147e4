/**
 * The closing handshake against a model of it that has queues in place of bytes. Commands happen on
 * either side while nothing moves; then all moves until nothing does, and both have to agree.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SideName } from '../link/faults';
import { checkLaws } from '../link/laws';
import { play, type Stage } from '../link/conversation';
import { turn } from '../link/steps';
import type { Model } from '../model';

/** What is on its way to a side: a text, a frame that breaks the protocol, a closing frame's code. */
type Sent = 'text' | 'bad' | number;

class ModelSide {
  readonly inbound: Sent[] = [];
  closeSent = false;
  closeReceived: number | null = null;
  violated = false;
  heard = 0;

  get isOver(): boolean {
    return this.violated || (this.closeSent && this.closeReceived !== null);
  }

  get isOpen(): boolean {
    return !this.isOver && !this.closeSent;
  }

  close(code: number, peer: ModelSide): void {
    if (!this.closeSent) peer.inbound.push(code);
    this.closeSent = true;
  }

  /** RFC 6455 §5.5.1 and §7.1.7: a closing frame is answered by one, a violation ends with one. */
  read(sent: Sent, peer: ModelSide): void {
    if (this.isOver) return;
    if (sent === 'text') this.heard += this.isOpen ? 1 : 0;
    else if (sent === 'bad') {
      this.close(1002, peer);
      this.violated = true;
    } else {
      this.closeReceived = sent;
      this.close(sent, peer);
    }
  }
}

type Pair = Record<SideName, ModelSide>;
type Command = fc.AsyncCommand<Pair, Stage>;

const peerOf: Readonly<Record<SideName, SideName>> = { client: 'server', server: 'client' };

/** A command of one side; `act` does it to both, the model and the connection. */
function commandOf(name: string, by: SideName, act: (model: Pair, stage: Stage) => void): Command {
  return {
    check: (model) => model[by].isOpen,
    async run(model, stage) {
      act(model, stage);
      // What was sent leaves for the stream at the end of the tick; the link does not move.
      await turn();
    },
    toString: () => `${name} by the ${by}`,
  };
}

const send = (by: SideName): Command =>
  commandOf('send', by, (model, stage) => {
    model[peerOf[by]].inbound.push('text');
    stage[by].act({ do: 'text', length: 3 });
  });

const close = (by: SideName, code: number): Command =>
  commandOf(`close with ${code}`, by, (model, stage) => {
    model[by].close(code, model[peerOf[by]]);
    stage[by].ws.close(code);
  });

/** Empty frames with opcode 3: as a server and as a client would send them. */
const RESERVED = Buffer.of(0x83, 0);
const MASKED_RESERVED = Buffer.of(0x83, 0x80, 0, 0, 0, 0);

/**
 * Opcode 3 is reserved (§5.2). The frame goes straight to the stream, where there is at most one write
 * of the connection's: behind a second message, which waits in the connection, it would come first.
 */
const misbehave = (by: SideName): Command => {
  const command = commandOf('bad frame', by, (model, stage) => {
    model[peerOf[by]].inbound.push('bad');
    const { stream, role } = stage[by];
    stream.write(role.masksOutgoing ? MASKED_RESERVED : RESERVED);
  });
  const mayWrite = ({ inbound }: ModelSide): boolean => inbound.length <= 1;
  return {
    ...command,
    check: (model) => command.check(model) && mayWrite(model[peerOf[by]]),
    toString: () => command.toString(),
  };
};

const settle: Command = {
  check: () => true,
  toString: () => 'settle',
  async run(model, stage) {
    for (let moved = true; moved;) {
      moved = [readAll(model, 'client'), readAll(model, 'server')].includes(true);
    }
    await stage.steps.run();
    for (const side of ['client', 'server'] as const) compare(side, model[side], stage);
  },
};

function readAll(model: Pair, side: SideName): boolean {
  const sent = model[side].inbound.splice(0);
  for (const one of sent) model[side].read(one, model[peerOf[side]]);
  return sent.length > 0;
}

function compare(side: SideName, model: ModelSide, stage: Stage): void {
  const { ws, code, wasClean, heard } = stage[side];
  const expected = model.isOver
    ? {
        readyState: ws.CLOSED,
        code: model.closeReceived ?? 1006,
        wasClean: model.closeReceived !== null && !model.violated,
      }
    : { readyState: ws.OPEN, code: 0, wasClean: false };
  assert.deepEqual({ readyState: ws.readyState, code, wasClean }, expected, side);
  assert.equal(heard.length, model.heard, `messages heard by the ${side}`);
}

const side = fc.constantFrom<SideName>('client', 'server');
const code = fc.constantFrom(1000, 3000, 4999);
const commands = fc.commands(
  [
    side.map(send),
    side.map(misbehave),
    fc.tuple(side, code).map(([by, status]) => close(by, status)),
    fc.constant(settle),
  ],
  { maxCommands: 12 },
);
const cuts = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 4 });
const conversation = { readers: { client: 'events', server: 'events' } } as const;

export const closing: Model = {
  name: 'closing',
  law: 'both ends close with the codes and as cleanly as a model of the closing handshake has it',
  runs: 300,
  property: fc.asyncProperty(commands, cuts, async (script, sizes) => {
    const outcome = await play(conversation, { faults: [], cuts: sizes }, async (stage) => {
      const model: Pair = { client: new ModelSide(), server: new ModelSide() };
      await fc.asyncModelRun(() => ({ model, real: stage }), script);
      await settle.run(model, stage);
    });
    checkLaws(outcome);
  }),
};
