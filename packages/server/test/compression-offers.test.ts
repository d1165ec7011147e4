/** What a server answers to offers of compression, right ones and wrong ones. */
import { RawClient } from '../../websocket/test/support/raw-client';
import { head, HYBI_13 } from '../../websocket/test/support/requests';
import { OFFER, serve } from './compressing';

/** What a server answers to an offer: the status, and its extensions. */
async function answerTo(offer: string, port: number): Promise<string> {
  const request = head({ ...HYBI_13, 'Sec-WebSocket-Extensions': offer });
  const response = await (await RawClient.connect(port, request)).readHead();
  const status = response.slice(9, 12);
  const extensions = /^Sec-WebSocket-Extensions: (.*)\r$/m.exec(response)?.[1] ?? 'none';
  return status === '101' ? extensions : status;
}

describe('window bits in an offer', () => {
  const BOTH = 'server_no_context_takeover; client_no_context_takeover';
  const ROWS: [parameter: string, answer: string][] = [
    ['server_max_window_bits=8', `permessage-deflate; ${BOTH}; server_max_window_bits=8`],
    ['server_max_window_bits=15', `permessage-deflate; ${BOTH}; server_max_window_bits=15`],
    ['client_max_window_bits=8', `permessage-deflate; ${BOTH}; client_max_window_bits=8`],
    ['client_max_window_bits=15', `permessage-deflate; ${BOTH}`],
    ['client_max_window_bits', `permessage-deflate; ${BOTH}`],
    ['server_max_window_bits', 'none'],
    ...['server', 'client'].flatMap((end) =>
      ['7', '16', '08', '015', '+8', '8.0', '1e1', 'x', '-9', '"8"', '99999999999999999999'].map(
        (value): [string, string] => [`${end}_max_window_bits=${value}`, 'none'],
      ),
    ),
    ['server_max_window_bits=', '400'],
    ['client_max_window_bits=', '400'],
    ['server_max_window_bits=""', '400'],
    ['server_max_window_bits=" 8"', '400'],
    ['server_max_window_bits=8; server_max_window_bits=9', 'none'],
    ['constructor', 'none'],
    ['__proto__=8', 'none'],
  ];

  test.each(ROWS)('%s: %s', async (parameter, answer) => {
    const { port } = await serve();
    expect(await answerTo(`permessage-deflate; ${parameter}`, port)).toBe(answer);
  });

  test('one offer that is not valid does not spoil the next', async () => {
    const { port } = await serve();
    const offers = 'permessage-deflate; server_max_window_bits=7, permessage-deflate';
    expect(await answerTo(offers, port)).toBe(`permessage-deflate; ${BOTH}`);
  });

  test('the lesser of two wishes counts', async () => {
    const { port } = await serve({ serverMaxWindowBits: 10, clientMaxWindowBits: 9 });
    const offer = 'permessage-deflate; server_max_window_bits=12; client_max_window_bits=11';
    const bits = 'server_max_window_bits=10; client_max_window_bits=9';
    expect(await answerTo(offer, port)).toBe(`permessage-deflate; ${BOTH}; ${bits}`);
  });

  test.each(['x-other', 'permessage-deflate-stream', 'toString', ''])(
    'what is not known is declined: %p',
    async (offer) => expect(await answerTo(offer, (await serve()).port)).toBe('none'),
  );

  test('without the option all is declined', async () => {
    expect(await answerTo(OFFER, (await serve(false)).port)).toBe('none');
  });
});
