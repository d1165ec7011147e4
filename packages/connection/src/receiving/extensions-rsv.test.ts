/** Which messages extensions are given: those with their RSV bits, or all of them. */
import { Extensions } from '@ws/extensions';
import type { Extension, ExtensionSession, Pipeline } from '@ws/extensions';
import { settled } from '../../test/duplex-pair';
import { ABNORMAL, ENDS, Joined, record, writeRaw } from '../../test/memory-opening';

/** Inverts the bits of every byte, and nothing in a header tells. */
const inverting: ExtensionSession = {
  processOutgoing: ({ opcode, rsv, data }) => ({ opcode, rsv, data: inverted(data) }),
  processIncoming: ({ opcode, rsv, data }) => ({ opcode, rsv, data: inverted(data) }),
  close: () => undefined,
};

function inverted(data: Uint8Array): Uint8Array {
  return data.map((byte) => byte ^ 0xff);
}

/** Lets everything pass, and writes down what comes in. */
function watching(): { seen: string[]; session: ExtensionSession } {
  const seen: string[] = [];
  const session: ExtensionSession = {
    processOutgoing: ({ opcode, rsv, data }) => ({ opcode, rsv, data }),
    processIncoming: (message) => {
      seen.push(Buffer.from(message.data).toString());
      return { ...message, rsv: 0 };
    },
    close: () => undefined,
  };
  return { seen, session };
}

/** The pipelines of two ends that agree on it. */
function pipelines(
  session: ExtensionSession,
  rsv: number,
  takesAll?: boolean,
): Record<(typeof ENDS)[number], Pipeline> {
  const extension: Extension = {
    name: 'x-test',
    rsv,
    ...(takesAll === undefined ? {} : { takesAll }),
    offer: () => ({ alternatives: [[]], activate: () => session }),
    accept: () => ({ parameters: [], session }),
  };
  const extensions = new Extensions([extension]);
  const offer = extensions.offer();
  const server = extensions.accept(offer.header);
  return { client: offer.activate(server.header).pipeline!, server: server.pipeline! };
}

describe.each(ENDS)('an extension without RSV bits, to the %s', (end) => {
  const from = end === 'client' ? 'server' : 'client';

  test('transforms every message', async () => {
    const joined = new Joined('hybi-13', {}, pipelines(inverting, 0)).open();
    const events = record(joined[end]);
    const data = Buffer.from('data');
    for (const message of ['text', data, '', 'é'.repeat(50_000)]) joined[from].send(message);
    joined[from].ping('ping');
    joined[from].close(1000, 'bye');
    await settled();
    expect(events).toEqual([
      ...['text', data, '', 'é'.repeat(50_000)].map((message) => ['message', message]),
      ['close', 1000, 'bye', true],
    ]);
  });

  test('gets messages in fragments whole, before anybody asks whether they are text', async () => {
    const joined = new Joined('hybi-13', {}, pipelines(inverting, 0)).open();
    const events = record(joined[end]);
    const [one, two] = [inverted(Buffer.from('on')), inverted(Buffer.from('e'))];
    writeRaw(
      joined,
      from,
      { opcode: 1, fin: false, payload: one },
      { opcode: 9, payload: 'ping' },
      { opcode: 0, payload: two },
      { opcode: 1, payload: 'not ASCII once it is inverted' },
    );
    await settled();
    expect(events).toEqual([['message', 'one'], ['error', 'WS_ERR_INVALID_UTF8'], ABNORMAL]);
  });

  test('takes no RSV bit', async () => {
    const joined = new Joined('hybi-13', {}, pipelines(inverting, 0)).open();
    const events = record(joined[end]);
    writeRaw(joined, from, { opcode: 1, rsv: 4, payload: 'a' });
    await settled();
    expect(events).toEqual([['error', 'WS_ERR_UNEXPECTED_RSV_1'], ABNORMAL]);
  });
});

test.each([
  [0, undefined, ['all', 'of them']],
  [0, false, []],
  [4, undefined, ['of them']],
  [4, true, ['all', 'of them']],
])('rsv %d, takesAll %p: sees %p', async (rsv, takesAll, expected) => {
  const { seen, session } = watching();
  const joined = new Joined('hybi-13', {}, pipelines(session, rsv, takesAll)).open();
  const events = record(joined.server);
  writeRaw(joined, 'client', { opcode: 1, payload: 'all' }, { opcode: 1, rsv, payload: 'of them' });
  await settled();
  expect(seen).toEqual(expected);
  expect(events).toEqual([
    ['message', 'all'],
    ['message', 'of them'],
  ]);
});
