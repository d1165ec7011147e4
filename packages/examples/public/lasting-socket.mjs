/* global clearTimeout, location, setTimeout, WebSocket */

/**
 * A connection that comes back when it was not this side that ended it: later each time, by chance a little sooner or
 * later than other pages, and at once when it is told to.
 *
 * Its listener is told `onopen`, `onmessage(data)`, `onend({ code, reason }, byUs)`, and `onstate(state, text)` with one of
 * the states below or 'waiting'.
 */
const STATES = ['connecting', 'open', 'closing', 'closed'];
const LONGEST_WAIT = 30;

export class LastingSocket {
  #url;
  #protocol;
  #listener;
  #socket = null;
  #endedByUs = false;
  #failures = 0;
  #timer = 0;

  constructor(path, protocol, listener) {
    const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
    this.#url = `${scheme}//${location.host}${path}`;
    this.#protocol = protocol;
    this.#listener = listener;
  }

  get isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /** Bytes that the network has not taken yet. */
  get bufferedAmount() {
    return this.#socket?.bufferedAmount ?? 0;
  }

  connect() {
    clearTimeout(this.#timer);
    this.#endedByUs = false;
    const socket = new WebSocket(this.#url, this.#protocol);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => {
      this.#failures = 0;
      this.#listener.onopen();
      this.#showState();
    };
    socket.onmessage = ({ data }) => this.#listener.onmessage(data);
    socket.onclose = (event) => this.#ended(event);
    this.#socket = socket;
    this.#showState();
  }

  /** Asks for the page first: the server may have forgotten the session. */
  async reconnect() {
    clearTimeout(this.#timer);
    this.#listener.onstate('connecting', 'connecting');
    try {
      await fetch('/', { method: 'HEAD', cache: 'no-store' });
      this.connect();
    } catch {
      this.#comeBackLater();
    }
  }

  send(data) {
    this.#socket.send(data);
  }

  say(message) {
    if (this.isOpen) this.send(JSON.stringify(message));
  }

  /** @throws as WebSocket.close() does */
  close(code, reason) {
    clearTimeout(this.#timer);
    this.#socket.close(code, reason);
    this.#endedByUs = true;
    this.#showState();
  }

  #ended(event) {
    this.#listener.onend(event, this.#endedByUs);
    if (this.#endedByUs) this.#showState();
    else this.#comeBackLater();
  }

  #comeBackLater() {
    const wait = Math.min(2 ** this.#failures++, LONGEST_WAIT);
    this.#countDown(Math.ceil(wait * (0.5 + Math.random())));
  }

  #countDown(seconds) {
    if (seconds === 0) {
      void this.reconnect();
      return;
    }
    this.#listener.onstate('waiting', `back in ${seconds} s`);
    this.#timer = setTimeout(() => this.#countDown(seconds - 1), 1000);
  }

  #showState() {
    const state = STATES[this.#socket.readyState];
    this.#listener.onstate(state, state);
  }
}
