import type { MaskingKeySource } from '@ws/frame-parser';
import type { ProtocolVersion } from '@ws/handshake';
import { HixieWire } from './hixie-wire';
import { HybiWire } from './hybi-wire';
import type { Role } from './role';
import type { Wire } from './wire';

/** The wires of all versions and roles, each made when it is first asked for. */
export class Wires {
  private readonly nextMaskingKey: MaskingKeySource;
  private readonly made = new Map<Role, Map<ProtocolVersion, Wire>>();

  constructor(nextMaskingKey: MaskingKeySource) {
    this.nextMaskingKey = nextMaskingKey;
  }

  of(version: ProtocolVersion, role: Role): Wire {
    let versions = this.made.get(role);
    if (versions === undefined) {
      versions = new Map<ProtocolVersion, Wire>();
      this.made.set(role, versions);
    }
    let wire = versions.get(version);
    if (wire === undefined) versions.set(version, (wire = this.make(version, role)));
    return wire;
  }

  private make(version: ProtocolVersion, role: Role): Wire {
    switch (version) {
      case 'hybi-13':
      case 'hybi-08':
      case 'hybi-07':
        return new HybiWire(version, role, this.nextMaskingKey);
      case 'hixie-76':
      case 'hixie-75':
        return new HixieWire(version, role);
      default:
        throw new Error(`bug: protocol version ${String(version satisfies never)}`);
    }
  }
}
