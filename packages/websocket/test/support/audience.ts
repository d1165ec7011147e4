/** Clients of all kinds that note what they receive, and a server that tells them much in a few ticks. */
import { prepare } from '@ws/server';
import type { Delivery, ServerSocket, WebSocketServer } from '@ws/server';
import { messageOf } from './observed';

/** What a client has noted of a message. */
export interface Note {
  readonly type: 'text' | 'bytes';
  readonly length: number;
  readonly sum: number;
}

/** Asks a client for its notes. */
const REPORT = 'report';

type NoteTaker = Pick<globalThis.WebSocket, 'binaryType' | 'onmessage' | 'send'>;

/**
 * Notes every message that a WebSocket gets, or one that it dials in a page or a process of its own, and sends the notes when
 * it gets `report`. It refers to nothing of this file.
 */
export function takeNotes(source: string | NoteTaker): void {
  const ws = typeof source === 'string' ? new globalThis.WebSocket(source) : source;
  ws.binaryType = 'arraybuffer';
  const notes: Note[] = [];
  ws.onmessage = ({ data }: { data: string | ArrayBuffer }) => {
    if (data === 'report') {
      ws.send(JSON.stringify(notes));
      return;
    }
    const isText = typeof data === 'string';
    const bytes = isText ? new TextEncoder().encode(data) : new Uint8Array(data);
    const sum = bytes.reduce((total, byte) => (total * 31 + byte) % 1_000_003, 7);
    notes.push({ type: isText ? 'text' : 'bytes', length: bytes.length, sum });
  };
}

/** As `takeNotes` takes it. */
function noteOf(data: string | Uint8Array): Note {
  const bytes = Buffer.from(data as string);
  const sum = bytes.reduce((total, byte) => (total * 31 + byte) % 1_000_003, 7);
  return { type: typeof data === 'string' ? 'text' : 'bytes', length: bytes.length, sum };
}

const TICKS = 3;
const MESSAGES_IN_A_TICK = 16;
const SIZES = [0, 1, 125, 126, 2_000, 20_000, 70_000];

function textOf(size: number, seed: number): string {
  return `The 🦊 number ${seed} is quick – €. `.repeat(size / 20 + 1).slice(0, size);
}

function bytesOf(size: number, seed: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, at) => (at * seed) >> 3);
}

type Data = string | Uint8Array;

/** A server, its connections, which are in the topic `room`, and what each was told so far. */
class Speaker {
  readonly told: Data[][];
  readonly chat: WebSocketServer;
  readonly members: readonly ServerSocket[];

  constructor(chat: WebSocketServer, members: readonly ServerSocket[]) {
    this.chat = chat;
    this.members = members;
    this.told = members.map(() => []);
  }

  /** One message for each, in a way that depends on the seed. */
  speak(size: number, seed: number): void {
    const { chat, members } = this;
    const [text, bytes] = [textOf(size, seed), bytesOf(size, seed)];
    switch (seed % 6) {
      case 0:
        return this.#publish(text, chat.broadcast(text));
      case 1:
        return this.#publish(bytes, chat.publish('room', bytes));
      case 2:
        return this.#publish(text, chat.publish('room', prepare(text)));
      case 3:
        return this.#publish(bytes, chat.broadcast(prepare(bytes)));
      case 4:
        return this.#publish(text, chat.broadcast(text, { compress: false }));
      default:
        for (const [index, ws] of members.entries()) {
          const own = textOf(size, seed * 1000 + index);
          ws.send(own);
          this.told[index].push(own);
        }
    }
  }

  #publish(data: Data, delivery: Delivery): void {
    expect(delivery).toEqual({ sent: this.members.length, dropped: 0, closed: 0 });
    for (const list of this.told) list.push(data);
  }
}

/** What a member's client has received, and the length of its report. */
async function reportOf(ws: ServerSocket): Promise<{ notes: Note[]; length: number }> {
  const report = messageOf(ws);
  ws.send(REPORT);
  const json = (await report) as string;
  return { notes: JSON.parse(json) as Note[], length: Buffer.byteLength(json) };
}

/**
 * Tells all clients messages of all kinds and in all ways, 16 a tick, and expects that each has noted what it was told, in
 * order, and that the server has counted what they have received and sent, and nothing else.
 *
 * @param members the connections of all clients of `chat`, each in the topic `room`
 */
export async function expectHeard(
  chat: WebSocketServer,
  members: readonly ServerSocket[],
): Promise<void> {
  const speaker = new Speaker(chat, members);
  for (let seed = 1; seed <= TICKS * MESSAGES_IN_A_TICK; seed++) {
    speaker.speak(SIZES[seed % SIZES.length], seed);
    if (seed % MESSAGES_IN_A_TICK === 0) await new Promise(setImmediate);
  }
  const reports = await Promise.all(members.map(reportOf));
  expect(reports.map(({ notes }) => notes)).toEqual(speaker.told.map((list) => list.map(noteOf)));
  const lengths = reports.flatMap(({ notes }) => notes.map(({ length }) => length));
  expect(chat.stats()).toMatchObject({
    connections: members.length,
    messagesSent: lengths.length + members.length,
    bytesSent: sumOf(lengths) + members.length * REPORT.length,
    messagesDropped: 0,
    messagesReceived: members.length,
    bytesReceived: sumOf(reports.map(({ length }) => length)),
  });
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
