/**
 * What can go wrong with a stream, as data: which fault strikes which side at which of its writes or
 * reads. The table says what each does; a side knows none of them.
 */
import type { FaultySide } from './faulty-duplex';

export type SideName = 'client' | 'server';

/** Strikes once, at the write or read of that index, counted from 0. */
export type Fault =
  | { readonly side: SideName; readonly at: { readonly write: number }; readonly fault: WriteFault }
  | { readonly side: SideName; readonly at: { readonly read: number }; readonly fault: ReadFault };

export type WriteFault =
  | 'reset'
  | 'refuse'
  | 'refuse-later'
  | 'vanish'
  | 'half-close'
  | 'stall'
  | 'late-callback'
  | 'destroy-inside';
export type ReadFault =
  | 'reset'
  | 'reset-behind'
  | 'vanish'
  | 'half-close'
  | 'stall'
  | 'early-end'
  | 'close-twice'
  | 'late-data'
  | 'late-error';
export type Done = (error?: Error | null) => void;

/** An error as the system makes it. */
export function systemError(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`write ${code}`), { code });
}

type WriteStrike = (side: FaultySide, bytes: Buffer, done: Done) => void;

/** At a write: what becomes of the bytes, and when and how the write calls back. */
export const WRITE_FAULTS: Readonly<Record<WriteFault, WriteStrike>> = {
  /** Both sides lose the connection. */
  reset(side, _bytes, done) {
    side.peer.later(() => side.peer.destroy(systemError('ECONNRESET')));
    done(systemError('ECONNRESET'));
  },
  /** This side's writes fail; the other has not heard of anything yet. */
  refuse(_side, _bytes, done) {
    done(systemError('EPIPE'));
  },
  /** The same, but the failure is known only later. */
  'refuse-later': (side, _bytes, done) => side.later(() => done(systemError('EPIPE'))),
  /** Both sides are closed, without an end and without an error; the write never calls back. */
  vanish(side) {
    side.peer.later(() => side.peer.destroy());
    side.destroy();
  },
  /** The bytes arrive, and behind them an end that this side did not ask for. */
  'half-close': (side, bytes, done) => {
    side.peer.accept(bytes, done);
    side.peer.acceptEnd();
  },
  /** The network takes nothing any more in this direction, and says nothing. */
  stall(side) {
    side.peer.stalled = true;
  },
  /** The bytes arrive, but the write calls back only after the stream has closed. */
  'late-callback': (side, bytes, done) => {
    side.peer.accept(bytes, () => {});
    side.once('close', () => side.later(done));
  },
  /** The bytes arrive, and the stream is destroyed in the middle of the write. */
  'destroy-inside': (side, bytes, done) => {
    side.peer.accept(bytes, done);
    side.destroy();
  },
};

type ReadStrike = (side: FaultySide, bytes: Buffer) => void;

/** At a read: `bytes` are those that would have been read. */
export const READ_FAULTS: Readonly<Record<ReadFault, ReadStrike>> = {
  /** Both sides lose the connection; the bytes are lost. */
  reset(side) {
    side.peer.later(() => side.peer.destroy(systemError('ECONNRESET')));
    side.destroy(systemError('ECONNRESET'));
  },
  /** The bytes are read, and then the connection is lost before anybody looks at them. */
  'reset-behind': (side, bytes) => {
    side.push(bytes);
    READ_FAULTS.reset(side, bytes);
  },
  /** Closed without an end and without an error. */
  vanish(side) {
    side.peer.later(() => side.peer.destroy());
    side.destroy();
  },
  /** The end comes in place of the bytes and all that follow. */
  'half-close': (side) => {
    side.stalled = true;
    side.push(null);
  },
  /** The bytes and all that follow never come. */
  stall(side) {
    side.stalled = true;
  },
  /** The end is announced before the last bytes. */
  'early-end': (side, bytes) => {
    side.emit('end');
    side.push(bytes);
  },
  /** The stream closes, and then says so again. */
  'close-twice': (side, bytes) => {
    side.once('close', () => side.later(() => side.emit('close')));
    READ_FAULTS.vanish(side, bytes);
  },
  /** The bytes come when the stream has closed. */
  'late-data': (side, bytes) => {
    side.once('close', () => side.later(() => side.emit('data', bytes)));
    READ_FAULTS.vanish(side, bytes);
  },
  /** The error comes when the stream has closed. */
  'late-error': (side, bytes) => {
    side.once('close', () => side.later(() => side.emit('error', systemError('ECONNRESET'))));
    READ_FAULTS.vanish(side, bytes);
  },
};

export const WRITE_FAULT_NAMES: readonly WriteFault[] = Object.keys(WRITE_FAULTS) as WriteFault[];
export const READ_FAULT_NAMES: readonly ReadFault[] = Object.keys(READ_FAULTS) as ReadFault[];
