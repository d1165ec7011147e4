/**
 * What two applications do over a link, as data, and what they see of it. A conversation always comes
 * to its end: after the script everything that was held is let go, both sides close, and time passes.
 */
import {
  CLIENT,
  connectionSettings,
  SERVER,
  WebSocket,
  type ConnectionOptions,
  type Opening,
  type OpeningListener,
  type Role,
  type Session,
} from '@ws/connection';
import type { ProtocolVersion } from '@ws/handshake';
import { agreeOn, type Agreed, type EXTENSIONS } from './extensions';
import type { SideName } from './faults';
import { FaultySide, type LinkPlan } from './faulty-duplex';
import { Participant } from './participant';
import type { Reader } from './readers';
import { Steps } from './steps';
import { inVirtualTime, LONG, VirtualClock } from './virtual-clock';

/**
 * `noise` is text that hardly gets smaller, `fragments` go past all extensions. `bytes` are sent
 * whatever the protocol version, `binary` and `blob` as text if it has no bytes. The memory of what is
 * `lent` is gone when `send()` has returned.
 */
export type Form = 'text' | 'noise' | 'binary' | 'blob' | 'fragments' | 'bytes' | 'lent';

/**
 * What an application can do. Lengths are in characters, beside a number that tells messages apart.
 * To `pour` is to send texts as fast as `send()` and `drain` allow; whoever reads when it is `told` to
 * does so between `listen` and `unlisten`.
 */
export type Act =
  | { readonly do: Form; readonly length: number }
  | { readonly do: 'pour'; readonly length: number; readonly times: number }
  | { readonly do: 'wait'; readonly milliseconds: number }
  | {
      readonly do: 'ping' | 'close' | 'pause' | 'resume' | 'terminate' | 'listen' | 'unlisten';
    };

/** What one side does, and how many steps the link takes before the next action. */
export interface Action {
  readonly by: SideName;
  readonly act: Act;
  readonly steps: number;
}

export interface Conversation {
  readonly readers: Readonly<Record<SideName, Reader>>;
  readonly script: readonly Action[];
  /** Of both sides; by default next to none, and a high-water mark that is soon reached. */
  readonly options?: ConnectionOptions | undefined;
  /** Default: RFC 6455. */
  readonly version?: ProtocolVersion | undefined;
  /** Those of both sides; none by default, and in versions that know of none. */
  readonly extensions?: keyof typeof EXTENSIONS | undefined;
}

/** What is known when all is over. */
export interface Outcome {
  readonly client: Participant;
  readonly server: Participant;
  /** What reached the process: exceptions, rejections. */
  readonly uncaught: readonly unknown[];
  /** Timers that still run. */
  readonly timers: number;
  /** The extensions that were at work, on both ends. */
  readonly extensions: Agreed['sessions'];
}

/** More deadlines than follow from each other. */
const DEADLINES = 4;
const OPTIONS: ConnectionOptions = { closeTimeout: 30_000, highWaterMark: 700 };

/** Both applications, their WebSockets open, and what moves the link between them. */
export interface Stage {
  readonly client: Participant;
  readonly server: Participant;
  readonly steps: Steps;
  readonly clock: VirtualClock;
}

/** Has the conversation over a link on which what the plan says goes wrong. */
export function converse(conversation: Conversation, plan: LinkPlan): Promise<Outcome> {
  return play(conversation, plan, async (stage) => {
    for (const { by, act, steps } of conversation.script) {
      if (act.do === 'wait') stage.clock.advance(act.milliseconds);
      else stage[by].act(act);
      await stage.steps.run(steps);
    }
  });
}

/** Has anything happen between two applications over such a link; then brings it to its end. */
export async function play(
  conversation: Omit<Conversation, 'script'>,
  plan: LinkPlan,
  action: (stage: Stage) => Promise<void>,
): Promise<Outcome> {
  const clock = new VirtualClock();
  return inVirtualTime(clock, async (uncaught) => {
    const steps = new Steps();
    const link = FaultySide.pair(plan, steps);
    const { version = 'hybi-13', extensions = 'none' } = conversation;
    const agreed = agreeOn(version.startsWith('hixie') ? 'none' : extensions, steps);
    const participant = (role: Role): Participant =>
      participantOn(link, role, agreed, conversation);
    const [client, server] = [participant(CLIENT), participant(SERVER)];
    await steps.run(2);
    await action({ client, server, steps, clock });
    await conclude([client, server], steps, clock);
    const { sessions } = agreed;
    return { client, server, uncaught, timers: clock.running, extensions: sessions };
  });
}

async function conclude(
  participants: readonly Participant[],
  steps: Steps,
  clock: VirtualClock,
): Promise<void> {
  await steps.run();
  for (const participant of participants) participant.leave();
  await steps.run();
  for (let passed = 0; passed < DEADLINES && clock.running > 0; passed++) {
    clock.advance(LONG);
    await steps.run();
  }
}

/** Its WebSocket is open as soon as the link has taken its first steps. */
function participantOn(
  link: Readonly<Record<SideName, FaultySide>>,
  role: Role,
  agreed: Agreed,
  { readers, options, version = 'hybi-13' }: Omit<Conversation, 'script'>,
): Participant {
  const settings = connectionSettings({ ...OPTIONS, ...options });
  const name = role === CLIENT ? 'client' : 'server';
  const stream = link[name];
  const [head, pipeline] = [new Uint8Array(0), agreed.pipelines[name]];
  const session = { stream, head, version, protocol: '', extensions: agreed.header, pipeline };
  const ws = new WebSocket(new LinkOpening(stream, role, session), settings);
  const hasOnlyText = version.startsWith('hixie');
  // What is compressed is less than what was sent: `bufferedAmount` says nothing of what waits then.
  const drainBelow = agreed.compresses ? Infinity : Math.max(1, settings.highWaterMark);
  return new Participant(ws, { role, stream, reader: readers[name], hasOnlyText, drainBelow });
}

class LinkOpening implements Opening {
  readonly url = 'ws://link.test/';
  readonly role: Role;
  private readonly stream: FaultySide;
  private readonly session: Session;
  private listener: OpeningListener | null = null;

  constructor(stream: FaultySide, role: Role, session: Session) {
    this.session = session;
    this.stream = stream;
    this.role = role;
  }

  begin(listener: OpeningListener): void {
    this.listener = listener;
    this.stream.later(() => this.tell((told) => told.opened(this.session)));
  }

  abort(reason: Error): void {
    this.stream.later(() => this.tell((told) => told.failed(reason)));
  }

  private tell(outcome: (listener: OpeningListener) => void): void {
    const { listener } = this;
    this.listener = null;
    if (listener !== null) outcome(listener);
  }
}
