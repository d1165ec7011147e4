/** Connections that end while a message is compressed or inflated. */
import type { ServerWebSocket } from '../src';
import {
  BINARY,
  CLOSE,
  closeFrame,
  frame,
  PING,
  PONG,
  TEXT,
} from '../../websocket/test/support/frames';
import { endingOf, nextEvent } from '../../websocket/test/support/observed';
import type { Observed } from '../../websocket/test/support/observed';
import type { RawClient } from '../../websocket/test/support/raw-client';
import { compressing, deflated, MiB, RSV1, serve } from './compressing';

describe('while a long message is worked on', () => {
  const bytes = Buffer.from(Array.from({ length: MiB }, (_, at) => (at * at) >> 5));
  /** Short on its way and long at its end: it takes another thread, and arrives in one piece. */
  const message = frame(BINARY, deflated(Buffer.alloc(MiB)), RSV1);

  /** A server at work on the message, and `behind` received with it. */
  async function working(
    behind: Buffer = Buffer.of(),
  ): Promise<{ client: RawClient } & Observed<ServerWebSocket>> {
    const server = await serve();
    const client = await compressing(server);
    const observedServer = await server.next();
    const pinged = nextEvent(observedServer.ws, 'ping');
    client.write(Buffer.concat([frame(PING), message, behind]));
    await pinged;
    expect((await client.readFrame()).opcode).toBe(PONG);
    return { client, ...observedServer };
  }

  test('a closing frame behind it waits for it and for its echo', async () => {
    const { client } = await working(closeFrame(3000));
    const echo = await client.readFrame();
    expect([echo.opcode, echo.rsv]).toEqual([BINARY, 4]);
    const { opcode, payload } = await client.readFrame();
    expect([opcode, payload.readUInt16BE()]).toEqual([CLOSE, 3000]);
  });

  test('a reset behind it ends the connection, once', async () => {
    const { client, closed, events } = await working();
    client.reset();
    await closed;
    expect(events.filter((event) => event.startsWith('close'))).toEqual(['close 1006']);
    expect(events.filter((event) => event.startsWith('error')).length).toBeLessThanOrEqual(1);
  });

  test('close() drops it', async () => {
    const server = await serve();
    const client = await compressing(server);
    const { ws, events, closed } = await server.next();
    ws.once('ping', () => process.nextTick(() => ws.close(1001)));
    client.write(Buffer.concat([frame(PING), message, closeFrame(1000)]));
    const frames = [await client.readFrame(), await client.readFrame()];
    expect(frames.map(({ opcode }) => opcode)).toEqual([PONG, CLOSE]);
    expect(frames[1]?.payload.readUInt16BE()).toBe(1001);
    await closed;
    expect(events).toEqual(['open', 'close 1000']);
  });

  test('terminate() ends everything, and tells the senders', async () => {
    const server = await serve();
    const client = await compressing(server);
    const { ws, events, closed } = await server.next();
    const told: unknown[] = [];
    ws.once('ping', () => {
      process.nextTick(() => {
        ws.send(bytes, (error) => told.push(error));
        ws.terminate();
      });
    });
    client.write(Buffer.concat([frame(PING), message, closeFrame(1000)]));
    await closed;
    expect(events).toEqual(['open', 'close 1006']);
    expect(told).toEqual([expect.objectContaining({ code: 'WS_ERR_NOT_SENT' })]);
  });

  test('what is sent comes before the closing frame', async () => {
    const server = await serve();
    const client = await compressing(server);
    const { ws } = await server.next();
    const ending = endingOf(ws);
    ws.send(bytes);
    ws.send('small');
    ws.close(1000);
    const frames = [await client.readFrame(), await client.readFrame(), await client.readFrame()];
    expect(frames.map(({ opcode, rsv }) => [opcode, rsv])).toEqual([
      [BINARY, 4],
      [TEXT, 0],
      [CLOSE, 0],
    ]);
    client.write(closeFrame(1000));
    expect(await ending).toMatchObject({ code: 1000, wasClean: true });
  });
});
