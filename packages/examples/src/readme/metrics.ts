/** Metrics of all WebSockets of a process. */
import { subscribe } from 'node:diagnostics_channel';
import type { ConnectionChannels, ServerChannels } from '@ws/websocket';

export type Attributes = Readonly<Record<string, string | number>>;

/** What is used of the `Meter` of OpenTelemetry's API. */
export interface Meter {
  createCounter(name: string, options?: { unit?: string }): Instrument<'add'>;
  createUpDownCounter(name: string, options?: { unit?: string }): Instrument<'add'>;
  createHistogram(name: string, options?: { unit?: string }): Instrument<'record'>;
}

type Instrument<Method extends string> = Readonly<
  Record<Method, (value: number, attributes?: Attributes) => void>
>;

type Channels = ConnectionChannels & ServerChannels;

function on<Name extends keyof Channels>(name: Name, told: (about: Channels[Name]) => void): void {
  subscribe(name, (message) => told(message as Channels[Name]));
}

/** To be called once, before there are connections. */
export function measureWebSockets(meter: Meter): void {
  const active = meter.createUpDownCounter('websocket.server.active_connections');
  const durations = meter.createHistogram('websocket.server.connection.duration', { unit: 's' });
  const messages = meter.createCounter('websocket.server.messages');
  const bytes = meter.createCounter('websocket.server.io', { unit: 'By' });
  const dropped = meter.createCounter('websocket.server.dropped_messages');
  const refused = meter.createCounter('websocket.server.refused');

  on('websocket:open', ({ role, route }) => {
    if (role === 'server') active.add(1, { 'http.route': route ?? '' });
  });
  on('websocket:close', ({ role, route, ending, duration, traffic, messagesDropped }) => {
    if (role === 'client' || duration === null || traffic === null) return;
    const attributes = { 'http.route': route ?? '' };
    const received = { ...attributes, 'network.io.direction': 'receive' };
    const sent = { ...attributes, 'network.io.direction': 'transmit' };
    active.add(-1, attributes);
    durations.record(duration / 1000, { ...attributes, 'websocket.initiator': ending.initiator });
    messages.add(traffic.messagesReceived, received);
    messages.add(traffic.messagesSent, sent);
    bytes.add(traffic.bytesReceived, received);
    bytes.add(traffic.bytesSent, sent);
    dropped.add(messagesDropped, attributes);
  });
  on('websocket:refused', ({ status, reason, route }) => {
    const attributes = { 'http.route': route ?? '', 'http.response.status_code': status };
    refused.add(1, { ...attributes, 'error.type': reason });
  });
}
