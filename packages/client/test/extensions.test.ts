/** What a server may, and may not, answer to an offer of extensions. */
import { HandshakeError } from '@ws/handshake';
import type { ClientOptions } from '../src';
import { ConnectError } from '../src';
import { deflated, RSV1 } from '../../server/test/compressing';
import { nextEvent } from '../../websocket/test/support/observed';
import { frame, TEXT } from '../../websocket/test/support/frames';
import { answering, dialled, rightAnswer } from './answering';

const DEFLATE = 'permessage-deflate';
/** Asks for everything that can be asked for. */
const WISHES: ClientOptions = {
  deflate: {
    serverNoContextTakeover: true,
    serverMaxWindowBits: 10,
    clientMaxWindowBits: 12,
  },
};
const CLOSED_1006 = { code: 1006, reason: '', wasClean: false };

function answeringWith(extensions: string | string[]): Promise<number> {
  const changes = { 'Sec-WebSocket-Extensions': extensions };
  return answering((asked) => asked.socket.write(rightAnswer(asked, changes), 'latin1'));
}

test('what is offered', async () => {
  const head = new Promise<string>((resolve) => {
    void answering((asked) => {
      resolve(asked.head);
      asked.socket.destroy();
    }).then((port) => dialled(`ws://127.0.0.1:${port}/`, [], WISHES));
  });
  const takeover = 'server_no_context_takeover; client_no_context_takeover';
  const offers = [
    `${DEFLATE}; ${takeover}; server_max_window_bits=10; client_max_window_bits=12`,
    `${DEFLATE}; client_no_context_takeover; client_max_window_bits=12`,
  ];
  expect(await head).toContain(`\r\nSec-WebSocket-Extensions: ${offers.join(', ')}\r\n`);
});

const bits = (values: string[]): string[] =>
  values.flatMap((value) => [
    `${DEFLATE}; server_max_window_bits${value}`,
    `${DEFLATE}; client_max_window_bits${value}`,
  ]);

const INVALID: [name: string, answer: string | string[]][] = [
  ['unrequested', 'x-unrequested'],
  ['unrequested, behind one that was requested', `${DEFLATE}, x-unrequested`],
  ['twice the same', `${DEFLATE}, ${DEFLATE}`],
  ['twice the same, in two headers', [DEFLATE, DEFLATE]],
  ['one that every object has', 'constructor'],
  ['an unknown parameter', `${DEFLATE}; x`],
  [
    'the same parameter twice',
    `${DEFLATE}; server_no_context_takeover; server_no_context_takeover`,
  ],
  ['a value where there is none', `${DEFLATE}; server_no_context_takeover=true`],
  ['a window larger than offered, of the server', `${DEFLATE}; server_max_window_bits=16`],
  ['a window larger than offered, of the client', `${DEFLATE}; client_max_window_bits=13`],
  ['malformed: no name', ';'],
  ['malformed: no separator', `${DEFLATE} x`],
  ['malformed: an open quote', `${DEFLATE}; server_max_window_bits="10`],
  ['malformed: not ASCII', `${DEFLATE}; \u00e9`],
  ...bits(['', '=', '=7', '=16', '=08', '=+8', '="8"', '=8.0', '=-8']).map(
    (answer): [string, string] => ['window bits', answer],
  ),
];

test.each(INVALID)('%s: %j fails the handshake', async (_, answer) => {
  const port = await answeringWith(answer);
  const { ws, events, errors, closed } = dialled(`ws://127.0.0.1:${port}/`, [], WISHES);
  expect(await closed).toEqual(CLOSED_1006);
  expect(events).toEqual(['error WS_ERR_INVALID_EXTENSIONS', 'close 1006']);
  expect(errors[0]).toBeInstanceOf(ConnectError);
  expect(errors[0]?.cause).toBeInstanceOf(HandshakeError);
  expect([ws.extensions, ws.statusCode]).toEqual(['', 101]);
});

test.each([
  DEFLATE,
  `${DEFLATE}; server_max_window_bits=8`,
  `${DEFLATE}; client_max_window_bits=8; server_no_context_takeover`,
  `${DEFLATE}; client_no_context_takeover; server_max_window_bits=10; client_max_window_bits=12`,
  `, ${DEFLATE} ;\tserver_max_window_bits = 15 ,`,
])('%s is an answer to it', async (answer) => {
  const port = await answeringWith(answer);
  const { ws } = dialled(`ws://127.0.0.1:${port}/`, [], WISHES);
  await nextEvent(ws, 'open');
  expect(ws.extensions).toMatch(/^permessage-deflate/);
});

test.each([undefined, ''])('none is an answer, too: %p', async (answer) => {
  const changes = { 'Sec-WebSocket-Extensions': answer };
  const port = await answering((asked) => {
    const compressed = frame(TEXT, deflated('a'), { ...RSV1, masked: false });
    asked.socket.write(Buffer.concat([Buffer.from(rightAnswer(asked, changes)), compressed]));
  });
  const { ws, events, closed } = dialled(`ws://127.0.0.1:${port}/`, [], WISHES);
  await nextEvent(ws, 'open');
  expect(ws.extensions).toBe('');
  await closed;
  expect(events).toEqual(['open', 'error WS_ERR_UNEXPECTED_RSV_1', 'close 1006']);
});

test('compressed messages in one segment with the response are delivered', async () => {
  const port = await answering((asked) => {
    const answer = rightAnswer(asked, { 'Sec-WebSocket-Extensions': DEFLATE });
    const frames = ['one', 'two'].map((text) =>
      frame(TEXT, deflated(text), { ...RSV1, masked: false }),
    );
    asked.socket.end(Buffer.concat([Buffer.from(answer), ...frames]));
  });
  const { events, closed } = dialled(`ws://127.0.0.1:${port}/`, [], { deflate: true });
  await closed;
  expect(events).toEqual(['open', 'message one', 'message two', 'close 1006']);
});
