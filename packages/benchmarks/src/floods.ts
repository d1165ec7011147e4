/** What a quiet connection is measured beside. */
import { sizeName } from './cells';
import type { Content } from './frames';

/** Connections that send as fast as the server reads, for nobody. */
export interface Flood {
  readonly name: string;
  readonly connections: number;
  /** Payload length in bytes. */
  readonly size: number;
  readonly content: Content;
}

const MIB = 2 ** 20;

export const FLOODS: readonly Flood[] = [
  { name: 'beside nobody', connections: 0, size: 0, content: 'binary' },
  flood(1, 16, 'binary'),
  flood(10, 1024, 'text'),
  flood(10, MIB, 'binary'),
];

function flood(connections: number, size: number, content: Content): Flood {
  const plural = connections === 1 ? '' : 's';
  const name = `beside ${connections} flood${plural} of ${sizeName(size)} ${content}`;
  return { name, connections, size, content };
}
