/** `@ws/frame-parser`, which hands text out as bytes, as `ws` does. */
import { codecWith } from './ours';
import type { Codec } from './codec';

export const codec: Codec = codecWith({ textAsBytes: true });
