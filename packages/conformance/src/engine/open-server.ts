/** Answers a client under test. */
import { RSV1 } from '../model/builders';
import { HybiWire } from '../wire/codec';
import { MessageDeflate } from '../wire/deflate';
import { answer } from '../wire/deflate-parameters';
import { requestFault, responseHeaders } from '../wire/handshake';
import { joined, single, writeHead } from '../wire/head';
import type { Head } from '../wire/head';
import type { Opening } from '../model/case';
import type { Channel } from './channel';
import { Conversation } from './conversation';
import type { WireLog } from './log';
import { failed, NO_DEFLATE } from './opened';
import type { Opened } from './opened';

export interface ServerOpening {
  readonly channel: Channel;
  readonly log: WireLog;
  readonly opening: Opening;
  readonly request: Head;
  /** What came behind the request. */
  readonly rest: Buffer;
}

/** Accepts the client's request, as the case has the answer changed. */
export async function openAsServer(given: ServerOpening): Promise<Opened> {
  const { channel, log, opening, request, rest } = given;
  log.head('endpoint', 'Request', request.raw);
  const fault = requestFault(request);
  const agreed =
    opening.deflate && answer(joined(request, 'sec-websocket-extensions'), opening.deflate);
  const headers = responseHeaders(single(request, 'sec-websocket-key') ?? '', agreed?.header);
  const response = writeHead('HTTP/1.1 101 Switching Protocols', headers, opening.answer);
  log.head('suite', 'Response', response);
  const wire = new HybiWire({ masks: false, allowedRsv: agreed === undefined ? 0 : RSV1 });
  const deflate = agreed && new MessageDeflate(agreed.agreement);
  const conversation = new Conversation(channel, wire, log, deflate);
  const early = (opening.early ?? []).map((frame) => {
    log.frame('suite', frame);
    return wire.encode(frame);
  });
  await channel.writeChopped(Buffer.concat([response, ...early]), opening.chop);
  conversation.begin(rest);
  if (fault !== undefined) return failed(fault);
  if (opening.deflate !== undefined && agreed === undefined) return NO_DEFLATE;
  return { conversation };
}
