/**
 * One connection from its opening to its end: sends what the plan says, checks what comes back,
 * commits the fault, and judges the ending.
 */
import { describeEnding, isExpected, type Ending } from '../plan/ending';
import { Echoes } from '../plan/echoes';
import { NewsReader } from '../plan/news';
import { FAULTS } from '../plan/faults';
import { expectationsOf, RUN_OVER, isFatal, kindOf, type Plan } from '../plan/plan';
import { DURATIONS } from '../settings';
import type { Tally } from '../tally';
import { OwnSpeaker } from './own-speaker';
import { RawSpeaker } from './raw-speaker';
import type { Hearer, Route, Speaker } from './speaker';

const PAUSE_EVERY = 4;

export interface ConversationOwner {
  readonly tally: Tally;
  readonly pace: number;
  onEnded(conversation: Conversation): void;
}

export class Conversation implements Hearer {
  readonly #plan: Plan;
  readonly #owner: ConversationOwner;
  readonly #echoes: Echoes;
  readonly #news = new NewsReader();
  readonly #speaker: Speaker;
  #timer: NodeJS.Timeout | undefined;
  #isOpen = false;
  #isDraining = false;

  constructor(plan: Plan, route: Route, owner: ConversationOwner) {
    this.#plan = plan;
    this.#owner = owner;
    this.#echoes = new Echoes(plan);
    this.#speaker =
      plan.speaker === 'raw'
        ? new RawSpeaker(plan, route, this)
        : new OwnSpeaker(plan, route, this);
  }

  /** What is still to come, its opening or echoes; what is behind a fault is not asked for. */
  get outstanding(): number {
    if (isFatal(this.#plan.fault)) return 0;
    return this.#isOpen ? this.#echoes.outstanding : 1;
  }

  /** Sends nothing more, and closes when all echoes have come, unless the server is to close it. */
  drain(): void {
    this.#isDraining = true;
    if (this.#isOpen && !this.#isWaitingForEnd) this.#closeWhenQuiet();
  }

  /** Gives up on a connection that did not end by itself. */
  abandon(): void {
    this.#owner.tally.add('unexpected', `client: ${kindOf(this.#plan)}: did not end`);
    this.#speaker.terminate();
  }

  opened(): void {
    const { version, secure, compression, speaker, host } = this.#plan;
    const { tally, pace } = this.#owner;
    this.#isOpen = true;
    tally.add('opened', `${version}, ${speaker === 'raw' ? 'raw client' : 'own client'}`);
    if (host === 'toolkit') tally.add('features', 'a WebSocketServer');
    if (secure) tally.add('features', 'TLS');
    if (compression !== 'none') tally.add('features', FEATURES[compression]);
    if (this.#isDraining) this.#closeWhenQuiet();
    // The first message may come with the handshake; its number decides how soon, so that they spread.
    else this.#later((this.#plan.id % 10) * 0.1 * this.#plan.interval * pace);
  }

  heard(data: unknown): void {
    const { tally } = this.#owner;
    const news = this.#news.take(data);
    if (news !== 'none') return tally.add('messages', NEWS[news]);
    const { received } = this.#echoes;
    if (this.#echoes.take(data)) tally.add('messages', 'echoed');
    else tally.add('messages', 'wrong');
    if (this.#plan.pauses && received % PAUSE_EVERY === 1) this.#stopReading(DURATIONS.pause);
    if (this.#isDraining && !this.#isWaitingForEnd) this.#closeWhenQuiet();
    else if (this.#hasSaidAll) this.#finish();
  }

  failed(code: string): void {
    this.#owner.tally.add('errors', `${code} at the client`);
  }

  ended(ending: Ending): void {
    const { tally } = this.#owner;
    const { fault } = this.#plan;
    clearTimeout(this.#timer);
    tally.add('ended', this.#describe(ending));
    const missing = this.#echoes.outstanding;
    if (missing > 0) tally.add('messages', isFatal(fault) ? 'behind a fault' : 'lost', missing);
    if (!isExpected(ending, expectationsOf(this.#plan, 'client'))) {
      tally.add('unexpected', `client: ${kindOf(this.#plan)}: ${describeEnding(ending)}`);
    }
    this.#owner.onEnded(this);
  }

  get #hasSaidAll(): boolean {
    return this.#echoes.sent === this.#plan.messages;
  }

  /** The end is for the server to begin, or for the fault. */
  get #isWaitingForEnd(): boolean {
    const { fault, closer } = this.#plan;
    return this.#hasSaidAll && (closer === 'server' || isFatal(fault));
  }

  #later(delay: number): void {
    this.#timer = setTimeout(() => this.#speak(), delay);
  }

  #speak(): void {
    const { fault, messages, interval } = this.#plan;
    if (this.#isDraining) return;
    this.#owner.tally.add('messages', 'sent');
    this.#speaker.send(this.#echoes.next());
    if (fault === 'stall' && this.#echoes.sent === Math.ceil(messages / 2)) {
      this.#owner.tally.add('features', FAULTS.stall.text);
      this.#stopReading(DURATIONS.stall);
    }
    if (!this.#hasSaidAll) this.#later(interval * this.#owner.pace);
    else if (isFatal(fault)) this.#speaker.inject(fault);
  }

  /** Called with every echo after the last message. */
  #finish(): void {
    const { fault, closer, code } = this.#plan;
    if (closer === 'client' && !isFatal(fault) && this.#echoes.outstanding === 0) {
      this.#speaker.close(code);
    }
  }

  #closeWhenQuiet(): void {
    const { host } = this.#plan;
    if (host === 'constructor' && this.#echoes.outstanding === 0) this.#speaker.close(RUN_OVER);
  }

  #stopReading(duration: number): void {
    this.#speaker.pause();
    setTimeout(() => this.#speaker.resume(), duration * this.#owner.pace);
  }

  #describe(ending: Ending): string {
    const { fault, closer } = this.#plan;
    if (ending.sent === RUN_OVER) return 'closed at the end of the run';
    return isFatal(fault) ? FAULTS[fault].text : `closed by the ${closer}`;
  }
}

const NEWS = { due: 'published to all', wrong: 'wrong' } as const;

const FEATURES = {
  deflate: 'compression',
  takeover: 'compression with context takeover',
} as const;
