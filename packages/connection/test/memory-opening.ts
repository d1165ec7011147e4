/** Opening handshakes without a network: the test says when and how they end. */
import type { Pipeline } from '@ws/extensions';
import type { OutgoingFrame } from '@ws/frame-parser';
import type { ProtocolVersion } from '@ws/handshake';
import type { Traffic } from '../src/diagnostics/traffic';
import type { Opening, OpeningListener, Session } from '../src/lifecycle/opening';
import { connectionSettings } from '../src/options';
import type { ConnectionOptions } from '../src/options';
import { CLIENT, SERVER } from '../src/protocol/role';
import type { Role } from '../src/protocol/role';
import { WebSocket } from '../src/api/websocket';
import { encodeAnyFrame } from '../../frame-parser/test/any-frame';
import { Side } from './duplex-pair';

export const ENDS = ['client', 'server'] as const;
/** The close event, as `record` has it, of a connection that was lost. */
export const ABNORMAL: readonly unknown[] = ['close', 1006, '', false];

export class MemoryOpening implements Opening {
  readonly role: Role;
  readonly url = 'ws://example.test/path';
  readonly traffic: Traffic | null;
  private readonly session: Session;
  private listener: OpeningListener | null = null;

  constructor(
    role: Role,
    session: Partial<Session> & Pick<Session, 'stream'>,
    traffic: Traffic | null = null,
  ) {
    this.role = role;
    this.traffic = traffic;
    const head = new Uint8Array(0);
    this.session = { head, version: 'hybi-13', protocol: '', extensions: '', ...session };
  }

  begin(listener: OpeningListener): void {
    this.listener = listener;
  }

  abort(reason: Error): void {
    process.nextTick(() => this.fail(reason));
  }

  open(): void {
    this.listener?.opened(this.session);
  }

  fail(error: Error): void {
    this.listener?.failed(error);
  }
}

/** Two WebSockets on the two sides of a stream. */
export class Joined {
  readonly clientSide: Side;
  readonly serverSide: Side;
  readonly client: WebSocket;
  readonly server: WebSocket;
  readonly openings: { client: MemoryOpening; server: MemoryOpening };

  /** Both are connecting; `open()` opens them. */
  constructor(
    version: ProtocolVersion = 'hybi-13',
    options: ConnectionOptions = {},
    pipelines: Partial<Record<(typeof ENDS)[number], Pipeline>> = {},
    traffic: Traffic | null = null,
  ) {
    const [clientSide, serverSide] = Side.pair();
    this.clientSide = clientSide;
    this.serverSide = serverSide;
    const { client: clientPipeline = null, server: serverPipeline = null } = pipelines;
    this.openings = {
      client: new MemoryOpening(CLIENT, { stream: clientSide, version, pipeline: clientPipeline }),
      server: new MemoryOpening(
        SERVER,
        { stream: serverSide, version, pipeline: serverPipeline },
        traffic,
      ),
    };
    const settings = connectionSettings(options);
    this.client = new WebSocket(this.openings.client, settings);
    this.server = new WebSocket(this.openings.server, settings);
  }

  open(): this {
    this.openings.client.open();
    this.openings.server.open();
    return this;
  }
}

/** Writes down the events of a WebSocket, as values that compare. */
export function record(ws: WebSocket): unknown[][] {
  const events: unknown[][] = [];
  ws.onopen = () => events.push(['open']);
  ws.onmessage = ({ data }) => events.push(['message', data]);
  ws.onerror = ({ error }) => events.push(['error', (error as { code?: string }).code]);
  ws.onclose = ({ code, reason, wasClean }) => events.push(['close', code, reason, wasClean]);
  return events;
}

/** Writes frames that no WebSocket sends, from the client's side or the server's. */
export function writeRaw(
  joined: Joined,
  from: (typeof ENDS)[number],
  ...frames: OutgoingFrame[]
): void {
  const role = from === 'client' ? CLIENT : SERVER;
  joined[`${from}Side`].write(Buffer.concat(frames.map((frame) => encodeAnyFrame(role, frame))));
}
