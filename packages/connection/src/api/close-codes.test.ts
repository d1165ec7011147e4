/** RFC 6455 §7.4: every close code there is, in closing frames and in `close()`. */
import { OPCODE } from '@ws/frame-parser';
import { encodeAnyFrame } from '../../../frame-parser/test/any-frame';
import { settled } from '../../test/duplex-pair';
import { ABNORMAL, ENDS, Joined, record } from '../../test/memory-opening';
import { CLIENT, SERVER } from '../protocol/role';

const CODES: readonly number[] = [...Array(5001).keys(), 65_535];

/** §7.4.1, with what IANA has added; §7.4.2. */
function maySend(code: number): boolean {
  const standard = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014];
  return standard.includes(code) || (code >= 3000 && code <= 4999);
}

/** As many open connections as there are codes; what both ends of each are told. */
function connections(codes: readonly number[]) {
  return codes.map((code) => {
    const joined = new Joined().open();
    return { code, joined, told: { client: record(joined.client), server: record(joined.server) } };
  });
}

test.each(ENDS)('the %s receives every code: told as it is, or refused with 1002', async (name) => {
  const peer = name === 'client' ? 'server' : 'client';
  const all = connections(CODES);
  for (const { code, joined } of all) {
    const payload = Uint8Array.of(code >>> 8, code & 0xff);
    const role = peer === 'client' ? CLIENT : SERVER;
    joined[`${peer}Side`].write(encodeAnyFrame(role, { opcode: OPCODE.CLOSE, payload }));
  }
  await settled();
  for (const { code, told } of all) {
    const [here, there] = maySend(code)
      ? [[['close', code, '', true]], [['close', code, '', true]]]
      : [
          [['error', 'WS_ERR_INVALID_CLOSE_CODE'], ABNORMAL],
          [['close', 1002, 'close code may not be sent', true]],
        ];
    if (JSON.stringify([told[name], told[peer]]) === JSON.stringify([here, there])) continue;
    expect({ code, told }).toEqual({ code, told: { [name]: here, [peer]: there } });
  }
});

const SENDABLE = {
  client: CODES.filter((code) => code === 1000 || (code >= 3000 && code <= 4999)),
  server: CODES.filter(maySend),
};

test.each(ENDS)('the %s sends every code that it may: it arrives, and comes back', async (name) => {
  const all = connections(SENDABLE[name]);
  for (const { code, joined } of all) joined[name].close(code);
  await settled();
  for (const { code, told } of all) {
    const clean = [['close', code, '', true]];
    if (JSON.stringify(told) === JSON.stringify({ client: clean, server: clean })) continue;
    expect({ code, told }).toEqual({ code, told: { client: clean, server: clean } });
  }
});
