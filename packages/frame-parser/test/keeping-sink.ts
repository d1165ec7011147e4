/** A sink that keeps what it is given, and writes down at the end what has become of it. */
import { RecordingSink, toHex, type Told } from './recording-sink';

export class KeepingSink extends RecordingSink {
  readonly #kept = new Map<number, Uint8Array>();

  override onBinary(data: Uint8Array): void {
    this.#keep(data);
    super.onBinary(data);
  }
  override onReserved(opcode: number, rsv: number, data: Uint8Array): void {
    this.#keep(data);
    super.onReserved(opcode, rsv, data);
  }
  override onTextBytes(data: Uint8Array): void {
    this.#keep(data);
    super.onTextBytes(data);
  }
  override onBinaryPart(data: Uint8Array, isLast: boolean): void {
    this.#keep(data);
    super.onBinaryPart(data, isLast);
  }
  override onReservedPart(opcode: number, rsv: number, data: Uint8Array, isLast: boolean): void {
    this.#keep(data);
    super.onReservedPart(opcode, rsv, data, isLast);
  }

  /** What was told, with the bytes as they are now. */
  get toldNow(): Told[] {
    return this.told.map((told, index) => {
      const data = this.#kept.get(index);
      return data === undefined ? told : ([...told].with(bytesAt(told), toHex(data)) as Told);
    });
  }

  #keep(data: Uint8Array): void {
    this.#kept.set(this.told.length, data);
  }
}

function bytesAt(told: Told): number {
  return told[0].startsWith('reserved') ? 3 : 1;
}
