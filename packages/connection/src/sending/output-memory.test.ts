/** The memory that what is sent takes, until it has left: in proportion to bufferedAmount. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ByteSink } from '../../test/byte-sink';
import { MemoryOpening } from '../../test/memory-opening';
import { turn } from '../../test/turns';
import { WebSocket } from '../api/websocket';
import { connectionSettings } from '../options';
import { SLAB_SIZE } from '../protocol/slab';
import { CLIENT, SERVER } from '../protocol/role';
import type { Role } from '../protocol/role';

/** What all connections together may have beside: the current slab, the pool of Buffers. */
const SHARED = 8 * SLAB_SIZE;

setFlagsFromString('--expose_gc');
/** From one context for all tests: each more has a heap of its own to collect. */
const collect = runInNewContext('gc') as () => void;

interface Sending {
  readonly ws: WebSocket;
  readonly sink: ByteSink;
}

function sending(role: Role): Sending {
  const sink = new ByteSink();
  const opening = new MemoryOpening(role, { stream: sink });
  const ws = new WebSocket(opening, connectionSettings({ slowReader: 'none' }));
  opening.open();
  return { ws, sink };
}

/** Sends so much that whatever memory is shared now is used up, and other memory is shared from then on. */
async function useUp({ ws }: Sending): Promise<void> {
  for (let count = 0; count < 16; count++) ws.send(new Uint8Array(SLAB_SIZE / 8));
  await turn();
}

/** The bytes of ArrayBuffers that anybody can reach. */
async function reachable(): Promise<number> {
  for (let count = 0; count < 3; count++) {
    collect();
    await turn();
  }
  return process.memoryUsage().arrayBuffers;
}

describe.each([SERVER, CLIENT])('sent by the $name', (role) => {
  const payloads: [number, number][] = [
    [500, 4],
    [500, 100],
    [200, 3000],
    [50, 30_000],
  ];

  test.each(payloads)(
    '%d messages of %d bytes to a stuck peer among busy ones',
    async (count, length) => {
      const stuck = sending(role);
      const busy = Array.from({ length: 100 }, () => sending(role));
      stuck.sink.isStuck = true;
      const before = await reachable();
      for (let sent = 0; sent < count; sent++) {
        stuck.ws.send(new Uint8Array(length));
        for (const { ws } of busy) ws.send('x'.repeat(1000));
        await turn();
      }
      const { bufferedAmount } = stuck.ws;
      expect(bufferedAmount).toBe(count * length);
      // Headers, the power of two that memory grows by, and payloads that the test has made itself.
      const most = 4 * (bufferedAmount + count * 14) + SHARED;
      expect((await reachable()) - before).toBeLessThan(most);
      expect(stuck.ws.bufferedAmount).toBe(bufferedAmount);
    },
  );

  test('30 stuck peers, a long text each: in proportion to the texts', async () => {
    const all = Array.from({ length: 30 }, () => sending(role));
    const busy = sending(role);
    const long = 'x'.repeat(60_000);
    busy.ws.send(long);
    await turn();
    for (const { sink } of all) sink.isStuck = true;
    const before = await reachable();
    for (const { ws } of all) {
      ws.send(long);
      busy.ws.send(long);
      await turn();
    }
    const waiting = all.reduce((sum, { ws }) => sum + ws.bufferedAmount, 0);
    expect((await reachable()) - before).toBeLessThan(2 * waiting + SHARED);
  });

  test.each([10, 1000, 20_000])(
    '300 connections that have sent %d bytes, then nothing, pin none',
    async (length) => {
      const all = Array.from({ length: 300 }, () => sending(role));
      const busy = sending(role);
      const data = new Uint8Array(length);
      const before = await reachable();
      for (const { ws } of all) {
        ws.send(data);
        await useUp(busy);
      }
      expect((await reachable()) - before).toBeLessThan(SHARED);
      expect(all.every(({ ws }) => ws.bufferedAmount === 0)).toBe(true);
    },
  );

  test('300 stuck peers, a small message each: a few KB each, and no slab', async () => {
    const all = Array.from({ length: 300 }, () => sending(role));
    const busy = sending(role);
    for (const { sink } of all) sink.isStuck = true;
    const before = await reachable();
    for (let round = 0; round < 3; round++) {
      for (const { ws } of all) {
        ws.send('small');
        await useUp(busy);
      }
    }
    expect((await reachable()) - before).toBeLessThan(300 * 2048 + SHARED);
    expect(all.flatMap(({ sink }) => sink.held)).toHaveLength(300);
  });
});
