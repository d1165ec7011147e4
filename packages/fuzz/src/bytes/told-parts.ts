/** What a decoder tells of a stream when it is switched between parts and whole messages. */
import { MessageDecoder, type PartSink, type Role } from '@ws/frame-parser';
import { MAX_LENGTH, pieces, push, Recorder, type Feeding, type Told } from './told';

/** Tells of a message in parts when its last part is here, as of a whole one. */
class PartRecorder extends Recorder implements PartSink {
  private open = '';

  onTextPart(text: string, isLast: boolean): void {
    this.open += text;
    if (isLast) this.onText(this.take());
    else this.whenTold();
  }
  onBinaryPart(data: Uint8Array, isLast: boolean): void {
    this.open += this.keep(data);
    if (isLast) this.onBinary(Buffer.from(this.take(), 'hex'));
    else this.whenTold();
  }
  onReservedPart(): void {
    throw new Error('no bits are allowed');
  }

  private take(): string {
    const whole = this.open;
    this.open = '';
    return whole;
  }
}

const LIMITS = { maxLength: MAX_LENGTH, maxStreamedLength: MAX_LENGTH, maxFragments: Infinity };

/** @param inParts for every chunk whether parts are wanted from then on, over and over */
export function decodeInParts(
  at: Role,
  wire: Uint8Array,
  { cuts, pauses, borrowed }: Feeding,
  inParts: readonly boolean[],
): Told[] {
  const recorder = new PartRecorder();
  const decoder = new MessageDecoder(at, recorder, LIMITS);
  if (pauses) recorder.whenTold = () => decoder.pause();
  let index = 0;
  for (const chunk of pieces(wire, cuts)) {
    decoder.deliverParts(inParts[index++ % inParts.length] === true ? recorder : null);
    push(decoder, chunk, borrowed);
    while (decoder.paused) decoder.resume();
  }
  recorder.checkKept();
  return recorder.told;
}
