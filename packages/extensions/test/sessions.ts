/** Extensions, sessions and messages for tests. */
import type {
  AcceptedOffer,
  Awaitable,
  Extension,
  ExtensionMessage,
  ExtensionParameters,
  ExtensionSession,
  IncomingParts,
  OutgoingMessage,
  OutgoingParts,
} from '../src';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function message(text: string, rsv = 0): OutgoingMessage {
  return { opcode: 1, rsv, data: encoder.encode(text), compress: true };
}

export function textOf({ data }: ExtensionMessage): string {
  return decoder.decode(data);
}

/** Puts its mark on what goes out, takes it off what comes in, both by return. */
export class MarkingSession implements ExtensionSession {
  readonly mark: string;
  readonly compress: boolean[] = [];
  closes = 0;

  constructor(mark: string) {
    this.mark = mark;
  }

  processOutgoing(message: OutgoingMessage): Awaitable<ExtensionMessage> {
    this.compress.push(message.compress);
    return { opcode: message.opcode, rsv: message.rsv, data: this.#marked(message) };
  }

  processIncoming(message: ExtensionMessage): Awaitable<ExtensionMessage> {
    const text = textOf(message);
    if (!text.endsWith(this.mark)) throw new Error(`${text} lacks ${this.mark}`);
    const data = encoder.encode(text.slice(0, -this.mark.length));
    return { opcode: message.opcode, rsv: message.rsv, data };
  }

  close(): void {
    this.closes++;
  }

  #marked(message: OutgoingMessage): Uint8Array {
    return encoder.encode(textOf(message) + this.mark);
  }
}

/** Adds its bit to every message that goes out, and turns it over in every byte; in parts, too. */
export class TurningSession implements ExtensionSession {
  readonly bit: number;
  /** Whether the work of a part takes time. */
  waits = false;
  begun = 0;

  constructor(bit = 4) {
    this.bit = bit;
  }

  processOutgoing({ opcode, rsv, data }: OutgoingMessage): ExtensionMessage {
    return { opcode, rsv: rsv | this.bit, data: data.map((byte) => byte ^ this.bit) };
  }

  processIncoming({ opcode, rsv, data }: ExtensionMessage): ExtensionMessage {
    return { opcode, rsv: rsv & ~this.bit, data: data.map((byte) => byte ^ this.bit) };
  }

  outgoingParts({ rsv }: Omit<OutgoingMessage, 'data'>): OutgoingParts {
    this.begun++;
    return {
      rsv: rsv | this.bit,
      push: (part) => this.#later(part.map((byte) => byte ^ this.bit)),
    };
  }

  incomingParts({ rsv }: Omit<ExtensionMessage, 'data'>): IncomingParts {
    this.begun++;
    return {
      rsv: rsv & ~this.bit,
      push: (part, _isLast, emit) => {
        const restored = this.#later(part.map((byte) => byte ^ this.bit));
        return 'then' in restored ? restored.then(emit) : emit(restored);
      },
    };
  }

  close(): void {
    // nothing is held
  }

  #later(made: Uint8Array): Awaitable<Uint8Array> {
    return this.waits ? new Promise((resolve) => setImmediate(resolve, made)) : made;
  }
}

/** Holds every message back until the test lets it go. */
export class HoldingSession implements ExtensionSession {
  readonly held: {
    text: string;
    release: (text?: string) => void;
    fail: (error: unknown) => void;
  }[] = [];
  closes = 0;

  processOutgoing(message: ExtensionMessage): Promise<ExtensionMessage> {
    return this.#hold(message);
  }

  processIncoming(message: ExtensionMessage): Promise<ExtensionMessage> {
    return this.#hold(message);
  }

  close(): void {
    this.closes++;
  }

  #hold(message: ExtensionMessage): Promise<ExtensionMessage> {
    return new Promise((resolve, reject) => {
      const text = textOf(message);
      const release = (changed = text): void =>
        resolve({ ...message, data: encoder.encode(changed) });
      this.held.push({ text, release, fail: reject });
    });
  }
}

interface TestExtension extends Extension {
  /** The sessions that it began. */
  readonly sessions: MarkingSession[];
  /** What `accept` and `activate` were given. */
  readonly asked: (ExtensionParameters | readonly ExtensionParameters[])[];
}

export interface TestExtensionOptions {
  rsv?: number;
  alternatives?: readonly ExtensionParameters[] | null;
  /** Null declines. */
  answer?: ExtensionParameters | null;
}

/** An extension that agrees to anything, unless told otherwise. */
export function testExtension(name: string, options: TestExtensionOptions = {}): TestExtension {
  const { rsv = 0, alternatives = [[]], answer = [] } = options;
  const sessions: MarkingSession[] = [];
  const asked: TestExtension['asked'] = [];
  const begin = (): MarkingSession => {
    sessions.push(new MarkingSession(`+${name}`));
    return sessions.at(-1)!;
  };
  return {
    name,
    rsv,
    sessions,
    asked,
    offer() {
      if (alternatives === null) return null;
      return {
        alternatives,
        activate(parameters): ExtensionSession | null {
          asked.push(parameters);
          return answer === null ? null : begin();
        },
      };
    },
    accept(offers): AcceptedOffer | null {
      asked.push(offers);
      return answer === null ? null : { parameters: answer, session: begin() };
    },
  };
}

/** What `run` throws; fails when it throws nothing. */
export function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
