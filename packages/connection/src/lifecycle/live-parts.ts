import type { ConnectionSettings } from '../options';
import type { Role } from '../protocol/role';
import type { Receiver } from '../receiving/receiver';
import type { StreamSender } from '../sending/stream-sender';
import type { Dispatcher } from './dispatcher';
import type { EndingListener } from './ending';

/** What a connection is made of that was there before it was open, and who is told of its end. */
export interface LiveParts extends EndingListener {
  readonly role: Role;
  readonly dispatcher: Dispatcher;
  readonly settings: ConnectionSettings;
  readonly sender: StreamSender;
  readonly receiver: Receiver;
}
