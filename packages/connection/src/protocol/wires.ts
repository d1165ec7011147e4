import type { MaskingKeySource } from '@ws/frame-parser';
import type { ProtocolVersion } from '@ws/handshake';
import { HixieWire } from './hixie-wire';
import { HybiWire } from './hybi-wire';
import type { Outbox } from './outbox';
import type { Role } from './role';
import type { Wire } from './wire';

/** The wire of a protocol version, writing to `outbox`. */
export function wireFor(
  version: ProtocolVersion,
  role: Role,
  outbox: Outbox,
  nextMaskingKey: MaskingKeySource,
): Wire {
  switch (version) {
    case 'hybi-13':
    case 'hybi-08':
    case 'hybi-07':
      return new HybiWire(version, role, outbox, nextMaskingKey);
    case 'hixie-76':
    case 'hixie-75':
      return new HixieWire(version, outbox);
    default:
      throw new Error(`bug: protocol version ${String(version satisfies never)}`);
  }
}
