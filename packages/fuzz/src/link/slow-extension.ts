/**
 * Extensions that change nothing but a bit, and need time for it: for some messages, in both
 * directions. Which ones it is their lengths decide.
 */
import type {
  Awaitable,
  Extension,
  ExtensionMessage,
  ExtensionSession,
  OutgoingMessage,
} from '@ws/extensions';

/** RSV2, which leaves RSV1 to compression. */
const MARK = 2;
/** Of so many messages of different lengths, one passes at once. */
const ONE_IN = 4;
/** Likewise, how many an unwilling one takes before one that it refuses. */
const REFUSES_ONE_IN = 7;

class SlowSession implements ExtensionSession {
  private readonly refuses: boolean;

  constructor(refuses: boolean) {
    this.refuses = refuses;
  }

  processOutgoing({ opcode, rsv, data }: OutgoingMessage): Awaitable<ExtensionMessage> {
    return this.work({ opcode, rsv: rsv | MARK, data });
  }

  processIncoming({ opcode, rsv, data }: ExtensionMessage): Awaitable<ExtensionMessage> {
    return this.work({ opcode, rsv: rsv & ~MARK, data });
  }

  close(): void {
    // What is being worked on comes to its end all the same: nobody is to hear of it.
  }

  private work(message: ExtensionMessage): Awaitable<ExtensionMessage> {
    const { byteLength } = message.data;
    const isRefused = this.refuses && byteLength % REFUSES_ONE_IN === 0;
    if (byteLength % ONE_IN !== 0)
      return isRefused ? Promise.reject(refusal()) : Promise.resolve(message);
    if (isRefused) throw refusal();
    return message;
  }
}

function refusal(): Error {
  return new Error('no message of this length');
}

function extension(name: string, refuses: boolean): Extension {
  return {
    name,
    rsv: MARK,
    offer: () => ({ alternatives: [[]], activate: () => new SlowSession(refuses) }),
    accept: () => ({ parameters: [], session: new SlowSession(refuses) }),
  };
}

export const SLOW: Extension = extension('slow', false);
/** Throws at once, or rejects, for messages whose length it does not like. */
export const UNWILLING: Extension = extension('unwilling', true);
