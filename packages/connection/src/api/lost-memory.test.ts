/** Bytes of which the application has given the memory away, or that are fewer elements than bytes. */
import { settled } from '../../test/duplex-pair';
import { ENDS, Joined, record } from '../../test/memory-opening';
import { thrown } from '../../test/thrown';

/** Memory that is not here any more. */
function detached(): ArrayBuffer {
  const memory = new ArrayBuffer(8);
  structuredClone(memory, { transfer: [memory] });
  return memory;
}

function detachedView(): Uint8Array {
  const memory = new ArrayBuffer(8);
  const view = new Uint8Array(memory);
  structuredClone(memory, { transfer: [memory] });
  return view;
}

describe.each(ENDS)('by the %s', (name) => {
  const peer = name === 'client' ? 'server' : 'client';

  test.each([
    ['a view', detachedView],
    ['an ArrayBuffer', detached],
  ])('%s without memory throws, and nothing of it is sent', async (_, lost) => {
    const { [name]: ws, [peer]: other } = new Joined().open();
    const heard = record(other);
    ws.send('before');
    expect(thrown(() => ws.send(lost()))).toMatchObject({ name: 'TypeError' });
    expect(thrown(() => ws.ping(lost()))).toMatchObject({ name: 'TypeError' });
    ws.send('after');
    await settled();
    expect(heard).toEqual([
      ['message', 'before'],
      ['message', 'after'],
    ]);
    expect(ws.bufferedAmount).toBe(0);
  });

  test('a ping of two-byte elements carries their bytes, and is as long as they are', async () => {
    const { [name]: ws, [peer]: other } = new Joined().open();
    const pings: Buffer[] = [];
    other.on('ping', ({ data }) => pings.push(data));
    ws.ping(Uint16Array.of(0x0201, 0x0403).subarray(1));
    expect(thrown(() => ws.ping(new Uint16Array(63)))).toMatchObject({ name: 'RangeError' });
    expect(thrown(() => ws.ping(new Array(5) as never))).toMatchObject({ name: 'TypeError' });
    ws.ping(42 as never);
    await settled();
    expect(pings).toEqual([Buffer.of(3, 4), Buffer.from('42')]);
  });
});
