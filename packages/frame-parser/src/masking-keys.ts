/**
 * Where masking keys come from. RFC 6455 §5.3: the key "MUST be derived from a strong source of
 * entropy" and be new for every frame; so never `Math.random`.
 */
import { describe } from './checks';
import { fillRandomly } from './runtime';

/** Gives a new 32-bit masking key. */
export type MaskingKeySource = () => number;

const KEYS_PER_FILL = 2048;

/**
 * Keys drawn in batches of 2,048 (8 KiB), the first at the first call.
 *
 * @param fill fills its argument with random bytes; by default the host's secure generator
 * @throws TypeError if `fill` is not a function
 */
export function randomMaskingKeys(
  fill: (bytes: Uint8Array) => void = fillRandomly,
): MaskingKeySource {
  if (typeof fill !== 'function') {
    throw new TypeError(`fill must be a function, not ${describe(fill)}`);
  }
  let keys: Int32Array | null = null;
  let used = KEYS_PER_FILL;
  return () => {
    if (used === KEYS_PER_FILL) {
      keys ??= new Int32Array(KEYS_PER_FILL);
      fill(new Uint8Array(keys.buffer));
      used = 0;
    }
    return keys![used++];
  };
}

/** The source for whoever brings none; shared, so that its pool exists once. */
export const sharedMaskingKeys: MaskingKeySource = randomMaskingKeys();
