/**
 * The extensions that a conversation can be had with, agreed on by both ends as in a handshake. What
 * an extension takes time for is over when its turn comes among the steps of the link, however long
 * other threads have needed for it: the same conversation always goes the same way.
 */
import assert from 'node:assert/strict';
import {
  Extensions,
  type AcceptedOffer,
  type Awaitable,
  type Extension,
  type ExtensionMessage,
  type ExtensionOffer,
  type ExtensionParameters,
  type ExtensionSession,
  type OutgoingMessage,
  type Pipeline,
} from '@ws/extensions';
import { permessageDeflate, type DeflateOptions } from '@ws/permessage-deflate';
import type { SideName } from './faults';
import { SLOW, UNWILLING } from './slow-extension';
import type { Steps } from './steps';

export type ExtensionsName = 'none' | 'deflate' | 'takeover' | 'crowded' | 'slow' | 'both';

/** Low, so that small messages are compressed, too. */
const threshold = 16;
const TAKEOVER: DeflateOptions = {
  threshold,
  serverNoContextTakeover: false,
  clientNoContextTakeover: false,
  // What conversations leave behind adds up to this soon, and then takeover is not agreed on.
  maxContextMemory: 2 ** 20,
};
/** There is memory for what is received, and none for what is sent. */
const CROWDED: DeflateOptions = { ...TAKEOVER, maxContextMemory: 2 ** 16 };

/** `unwilling` fails at some messages. */
export const EXTENSIONS: Readonly<Record<ExtensionsName | 'unwilling', readonly Extension[]>> = {
  none: [],
  deflate: [permessageDeflate({ threshold })],
  takeover: [permessageDeflate(TAKEOVER)],
  crowded: [permessageDeflate(CROWDED)],
  slow: [SLOW],
  both: [SLOW, permessageDeflate(TAKEOVER)],
  unwilling: [UNWILLING],
};

/** What both ends have agreed on. */
export interface Agreed {
  readonly header: string;
  readonly pipelines: Readonly<Record<SideName, Pipeline | null>>;
  /** Each of the extensions at work, on both ends. */
  readonly sessions: readonly SteppedSession[];
  /** What is sent may leave as less. */
  readonly compresses: boolean;
}

export function agreeOn(name: keyof typeof EXTENSIONS, steps: Steps): Agreed {
  const sessions: SteppedSession[] = [];
  const extensions = new Extensions(
    EXTENSIONS[name].map((extension) => new SteppedExtension(extension, steps, sessions)),
  );
  const offer = extensions.offer();
  const server = extensions.accept(offer.header);
  const client = offer.activate(server.header);
  assert.equal(sessions.length, 2 * EXTENSIONS[name].length, `agreed on "${server.header}" only`);
  if (EXTENSIONS[name] === EXTENSIONS.takeover || EXTENSIONS[name] === EXTENSIONS.crowded) {
    assert.doesNotMatch(server.header, /no_context_takeover/, 'memory of contexts is not free');
  }
  return {
    header: server.header,
    pipelines: { client: client.pipeline, server: server.pipeline },
    sessions,
    compresses: EXTENSIONS[name].some((extension) => extension.name === 'permessage-deflate'),
  };
}

class SteppedExtension implements Extension {
  readonly name: string;
  readonly rsv: number;
  private readonly extension: Extension;
  private readonly steps: Steps;
  private readonly sessions: SteppedSession[];

  constructor(extension: Extension, steps: Steps, sessions: SteppedSession[]) {
    this.name = extension.name;
    this.rsv = extension.rsv;
    this.extension = extension;
    this.steps = steps;
    this.sessions = sessions;
  }

  offer(): ExtensionOffer | null {
    const offer = this.extension.offer();
    if (offer === null) return null;
    const { alternatives } = offer;
    return { alternatives, activate: (answer) => this.stepped(offer.activate(answer)) };
  }

  accept(offers: readonly ExtensionParameters[]): AcceptedOffer | null {
    const accepted = this.extension.accept(offers);
    return accepted && { ...accepted, session: this.stepped(accepted.session)! };
  }

  private stepped(session: ExtensionSession | null): ExtensionSession | null {
    if (session === null) return null;
    const stepped = new SteppedSession(session, this.steps);
    this.sessions.push(stepped);
    return stepped;
  }
}

export class SteppedSession implements ExtensionSession {
  /** How often it has been ended. */
  closes = 0;
  /** Messages that it was working on when it was ended. */
  cutShort = 0;
  private inWork = 0;
  private readonly session: ExtensionSession;
  private readonly steps: Steps;

  constructor(session: ExtensionSession, steps: Steps) {
    this.session = session;
    this.steps = steps;
  }

  processOutgoing(message: OutgoingMessage): Awaitable<ExtensionMessage> {
    return this.inStep(this.session.processOutgoing(message));
  }

  processIncoming(message: ExtensionMessage, maxBytes: number): Awaitable<ExtensionMessage> {
    return this.inStep(this.session.processIncoming(message, maxBytes));
  }

  close(): void {
    this.closes++;
    this.cutShort += this.inWork;
    this.session.close();
  }

  private inStep(result: Awaitable<ExtensionMessage>): Awaitable<ExtensionMessage> {
    if (!(result instanceof Promise)) return result;
    this.inWork++;
    const settled = result.then(
      () => {},
      () => {},
    );
    return new Promise((resolve) => {
      this.steps.add(async () => {
        await settled;
        this.inWork--;
        resolve(result);
      });
    });
  }
}
