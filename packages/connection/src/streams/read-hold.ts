/**
 * How the stream faces of a WebSocket hold its messages back. There may be several holds: the WebSocket
 * is paused while any of them is in force. Pausing takes effect between two messages, so nothing comes
 * that was not asked for.
 */
import { DOMException } from '../support/dom-exception';

/** What can be held. */
export interface Holdable {
  pause(): void;
  resume(): void;
}

/** How many holds of a WebSocket are in force. */
interface Gate {
  held: number;
}

const gates = new WeakMap<Holdable, Gate>();
/** The holds of readers that do not share. */
const exclusive = new WeakMap<Holdable, ReadHold>();

export class ReadHold {
  private readonly ws: Holdable;
  /** What reads, in words, if it has to be the only one that does. */
  private readonly reader: string | null;
  private readonly gate: Gate;
  private held = false;

  /**
   * In force from the beginning.
   *
   * @param reader what reads, in words, if it has to be the only one that does
   * @throws {DOMException} InvalidStateError: another one that has to be is reading
   */
  constructor(ws: Holdable, reader: string | null) {
    this.ws = ws;
    this.reader = reader;
    if (reader !== null) this.lock();
    this.gate = gateOf(ws);
    this.hold();
  }

  hold(): void {
    if (this.held) return;
    this.held = true;
    this.gate.held++;
    this.ws.pause();
  }

  release(): void {
    if (!this.held) return;
    this.held = false;
    this.gate.held--;
    if (this.gate.held === 0) this.ws.resume();
  }

  /** Lets others read. */
  unlock(): void {
    if (exclusive.get(this.ws) === this) exclusive.delete(this.ws);
  }

  private lock(): void {
    const other = exclusive.get(this.ws);
    if (other !== undefined) {
      const message = `the messages are already being read by ${other.reader}`;
      throw new DOMException(message, 'InvalidStateError');
    }
    exclusive.set(this.ws, this);
  }
}

function gateOf(ws: Holdable): Gate {
  let gate = gates.get(ws);
  if (gate === undefined) gates.set(ws, (gate = { held: 0 }));
  return gate;
}
