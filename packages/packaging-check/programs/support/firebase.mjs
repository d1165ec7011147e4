/**
 * A small server of the protocol that Firebase's database speaks: JSON in text messages, in pieces
 * when it is long; data in memory, without authentication, priorities or queries.
 */
import http from 'node:http';
import FayeWebSocket from 'faye-websocket';
import { listen } from './waiting.mjs';

/** Characters of a piece; before pieces, a message of its own tells how many follow. */
const PIECE = 16_384;

export class DatabaseServer {
  /** What the opening handshakes were. */
  requests = [];
  /** How many messages came in pieces. */
  inPieces = 0;
  /** Called with each action before it is done; what returns false stays without an answer. */
  accept = () => true;
  #http = http.createServer();
  #sessions = new Set();
  #root = {};

  constructor() {
    this.#http.on('upgrade', (request, socket, head) => {
      this.requests.push(request);
      const session = new Session(this, new FayeWebSocket(request, socket, head), socket);
      session.greet(request.headers.host);
      this.#sessions.add(session);
      session.ws.onclose = () => {
        session.leave();
        this.#sessions.delete(session);
      };
    });
  }

  async listen(port) {
    return listen(this.#http, port);
  }

  close() {
    this.#http.close();
    this.drop();
  }

  /** Cuts every connection off, without a closing handshake. */
  drop() {
    for (const { socket } of this.#sessions) socket.destroy();
  }

  read(path) {
    return keysOf(path).reduce((value, key) => value?.[key], this.#root) ?? null;
  }

  write(path, value) {
    const keys = keysOf(path);
    const last = keys.pop();
    let parent = this.#root;
    for (const key of keys) parent = parent[key] ??= {};
    if (value === null) delete parent[last];
    else parent[last] = value;
    for (const session of this.#sessions) session.tellOf(path);
  }
}

class Session {
  #server;
  #listened = new Set();
  #last = [];
  #pieces = [];
  #missing = 0;

  constructor(server, ws, socket) {
    this.#server = server;
    this.ws = ws;
    this.socket = socket;
    ws.onmessage = ({ data }) => this.#receive(data);
  }

  greet(host) {
    this.#send({ t: 'c', d: { t: 'h', d: { ts: Date.now(), v: '5', h: host, s: 'session' } } });
  }

  tellOf(path) {
    for (const listened of this.#listened) {
      if (isWithin(path, listened)) this.#tell(path);
      else if (isWithin(listened, path)) this.#tell(listened);
    }
  }

  /** What the client has asked for in case of its end. */
  leave() {
    for (const { p, d } of this.#last) this.#server.write(p, d);
  }

  #tell(path) {
    this.#send({ t: 'd', d: { a: 'd', b: { p: path.slice(1), d: this.#server.read(path) } } });
  }

  #receive(text) {
    if (this.#missing === 0 && /^\d{1,6}$/.test(text)) {
      // A lone 0 says that the client is still there.
      this.#missing = Number(text);
      if (this.#missing > 0) this.#server.inPieces += 1;
      return;
    }
    this.#pieces.push(text);
    this.#missing -= this.#missing > 0 ? 1 : 0;
    if (this.#missing > 0) return;
    const { t, d } = JSON.parse(this.#pieces.splice(0).join(''));
    if (t === 'd' && this.#server.accept(d.a, d.b)) this.#answer(d);
  }

  #answer({ r, a, b }) {
    const data = this.#act(a, b);
    this.#send({ t: 'd', d: { r, b: { s: 'ok', d: data } } });
  }

  /** The actions: get, put, merge, listen (`q`) and its end (`n`), and writes for when it ends (`o`). */
  #act(action, { p: path, d: data }) {
    if (action === 'g') return this.#server.read(path);
    if (action === 'p') this.#server.write(path, data);
    if (action === 'm') {
      for (const [key, value] of Object.entries(data)) this.#server.write(`${path}/${key}`, value);
    }
    if (action === 'o') this.#last.push({ p: path, d: data });
    if (action === 'n') this.#listened.delete(path);
    if (action === 'q') {
      this.#listened.add(path);
      this.#tell(path);
    }
    return '';
  }

  #send(message) {
    const text = JSON.stringify(message);
    const count = Math.ceil(text.length / PIECE);
    if (count > 1) this.ws.send(String(count));
    for (let index = 0; index < count; index += 1) {
      this.ws.send(text.slice(index * PIECE, (index + 1) * PIECE));
    }
  }
}

function keysOf(path) {
  return path.split('/').filter((key) => key !== '');
}

function isWithin(path, parent) {
  return path === parent || path.startsWith(`${parent}/`) || parent === '/';
}
