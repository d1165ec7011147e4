/** RFC 6455 §7.4: every close code there is, in closing frames and in `close()`. */
import { encodeFrame, isValidCloseCode, OPCODE } from '@ws/frame-parser';
import { settled } from '../test/duplex-pair';
import { ABNORMAL, ENDS, Joined, record } from '../test/memory-opening';
import { CLIENT, SERVER } from './protocol/role';

const CODES: readonly number[] = [...Array(5001).keys(), 65_535];

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
    joined[`${peer}Side`].write(encodeFrame(role, { opcode: OPCODE.CLOSE, payload }));
  }
  await settled();
  for (const { code, told } of all) {
    const [here, there] = isValidCloseCode(code)
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
  server: CODES.filter(isValidCloseCode),
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
