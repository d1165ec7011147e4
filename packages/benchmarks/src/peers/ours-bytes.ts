/** This toolkit with text handed out as bytes, as `ws` does. */
import { peerWith } from './ours';
import type { Peer } from './peer';

export const peer: Peer = peerWith({ textType: 'buffer' });
