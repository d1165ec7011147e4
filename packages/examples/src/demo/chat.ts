/** The demo's rooms: who may come in, and what is passed on to whom. */
import type { Server } from 'node:http';
import { refuse, WebSocketServer } from '@ws/websocket';
import type { ServerSocket } from '@ws/websocket';
import { chatMessageIn } from './chat-messages';
import type { FileHeading } from './chat-messages';
import { endUnsupported, say } from './messages';
import type { Message } from './messages';
import { SESSION_COOKIE } from './sessions';
import type { Sessions } from './sessions';

/** What a script can read, where a status is not: the page gets a new session, and comes back. */
const NO_SESSION = { code: 4001, reason: 'The session is over: load the page again.' };
const LONGEST_ROOM = 32;
/** The longest file. */
const MAX_LENGTH = 4 << 20;

interface Guest {
  readonly room: string;
  name: string;
  /** Of the file whose bytes come next. */
  file: FileHeading | null;
}

/** Serves the rooms, on the paths `/rooms/…`. */
export function serveChat(server: Server, sessions: Sessions): WebSocketServer<Guest> {
  const chat = new WebSocketServer({
    server,
    path: '/rooms/:room',
    protocols: 'chat',
    maxLength: MAX_LENGTH,
    upgrade({ params: { room }, cookies }) {
      if (room.length > LONGEST_ROOM) return refuse(404, 'No room has so long a name.');
      const name = sessions.nameOf(cookies.get(SESSION_COOKIE));
      if (name === undefined) return { closeWith: NO_SESSION };
      return { data: { room, name, file: null } };
    },
  });
  chat.on('connection', (ws) => new Seat(chat, ws).take());
  return chat;
}

/** A guest in a room. */
class Seat {
  readonly #chat: Pick<WebSocketServer<Guest>, 'clients' | 'publish'>;
  readonly #ws: ServerSocket<Guest>;
  readonly #topic: string;

  constructor(chat: Pick<WebSocketServer<Guest>, 'clients' | 'publish'>, ws: ServerSocket<Guest>) {
    this.#chat = chat;
    this.#ws = ws;
    this.#topic = `room/${ws.data.room}`;
  }

  take(): void {
    const ws = this.#ws;
    const others = this.#others();
    const name = ownName(ws.data.name, others);
    ws.data.name = name;
    say(ws, { type: 'welcome', name, others });
    ws.subscribe(this.#topic);
    this.#tell({ type: 'joined', name });
    ws.on('message', ({ data }) =>
      typeof data === 'string' ? this.#hear(data) : this.#pass(data),
    );
    ws.on('close', ({ code, reason, initiator }) =>
      this.#tell({ type: 'left', name, code, reason, initiator }),
    );
  }

  #hear(data: string): void {
    const message = chatMessageIn(data);
    if (message === null) endUnsupported(this.#ws, 'chat');
    else if (message.type === 'file') this.#ws.data.file = message;
    else this.#confirm(this.#tell({ ...message, from: this.#ws.data.name }));
  }

  /** A file: its heading and its bytes, with nothing between them. */
  #pass(bytes: Buffer): void {
    const { name: from, file } = this.#ws.data;
    if (file === null) return endUnsupported(this.#ws, 'chat');
    this.#ws.data.file = null;
    this.#tell({ ...file, from });
    this.#confirm(this.#publish(bytes));
  }

  #confirm(to: number): void {
    say(this.#ws, { type: 'delivered', to });
  }

  #tell(message: Message): number {
    return this.#publish(JSON.stringify(message));
  }

  /** To everybody else in the room; says to how many. */
  #publish(data: string | Buffer): number {
    return this.#chat.publish(this.#topic, data, { except: this.#ws }).sent;
  }

  #others(): string[] {
    const { room } = this.#ws.data;
    return [...this.#chat.clients]
      .filter((ws) => ws !== this.#ws && ws.data.room === room)
      .map(({ data }) => data.name);
  }
}

/** The windows of one browser have one session, and numbers: Red Fox, Red Fox 2. */
function ownName(name: string, others: readonly string[]): string {
  let own = name;
  for (let number = 2; others.includes(own); number++) own = `${name} ${number}`;
  return own;
}
