/* global clearTimeout, crypto, document, location, setTimeout, WebSocket */

/**
 * The page of the echo demo: one connection at a time, in the `demo` subprotocol, whose texts are
 * JSON. The state of the page is the connection's; everything else is in the document.
 */
const PING_EVERY = 2000;
const LONGEST_LOG = 500;
const STATES = ['connecting', 'open', 'closing', 'closed'];

const element = (id) => document.getElementById(id);
const clock = new Intl.DateTimeFormat([], { timeStyle: 'medium', hourCycle: 'h23' });

let ws;

function connect() {
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(`${scheme}//${location.host}/`, 'demo');
  socket.binaryType = 'arraybuffer';
  const pings = new Pings(socket);
  socket.onopen = () => {
    show('protocol', socket.protocol);
    pings.start();
    showState();
  };
  socket.onmessage = ({ data }) => receive(data, pings);
  socket.onclose = (event) => {
    pings.stop();
    showClose(event);
    showState();
  };
  return socket;
}

/** Has the server ping this page, and again some time after each answer. */
class Pings {
  #socket;
  #timer = 0;

  constructor(socket) {
    this.#socket = socket;
  }

  start() {
    say(this.#socket, { type: 'ping' });
  }

  answered(milliseconds) {
    show('round-trip', `${milliseconds.toFixed(1)} ms`);
    this.#timer = setTimeout(() => this.start(), PING_EVERY);
  }

  stop() {
    clearTimeout(this.#timer);
  }
}

function say(socket, message) {
  if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
}

function receive(data, pings) {
  if (typeof data !== 'string') {
    log('received', hexOf(data), 'bytes');
    return;
  }
  const message = JSON.parse(data);
  if (message.type === 'hello') show('version', message.version);
  else if (message.type === 'round-trip') pings.answered(message.milliseconds);
  else if (message.type === 'text') log('received', message.text);
}

const hexOf = (buffer) =>
  Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join(' ');

const MARKS = { sent: '↑', received: '↓', note: '·' };

/** Adds a line; goes on showing the latest one unless the reader has scrolled up. */
function log(kind, text, format = 'text') {
  const list = element('log');
  const following = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
  const line = document.createElement('li');
  line.className = kind;
  const time = part('time', '', clock.format(new Date()));
  const mark = part('span', 'mark', MARKS[kind]);
  mark.setAttribute('aria-label', kind);
  line.append(mark, time, part('span', `body ${format} ${kind}`, text));
  list.append(line);
  while (list.childElementCount > LONGEST_LOG) list.firstElementChild.remove();
  if (following) list.scrollTop = list.scrollHeight;
}

function part(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function show(id, text) {
  element(id).textContent = text;
}

function showState() {
  const state = STATES[ws.readyState];
  show('state', state);
  element('state').dataset.state = state;
  const open = state === 'open';
  for (const id of ['send-text', 'close']) {
    for (const control of element(id).elements) control.disabled = !open;
  }
  element('reconnect').disabled = state !== 'closed';
}

function showClose({ code, reason, wasClean }) {
  show('closed', `${code}, ${wasClean ? 'clean' : 'not clean'}`);
  for (const id of ['version', 'protocol', 'round-trip']) show(id, '–');
  const because = reason === '' ? 'no reason' : `reason “${reason}”`;
  log('note', `closed: code ${code}, ${because}, wasClean ${wasClean}`);
}

element('send-text').addEventListener('submit', (event) => {
  event.preventDefault();
  const input = element('text');
  if (input.value === '') return;
  say(ws, { type: 'text', text: input.value });
  log('sent', input.value);
  input.value = '';
});

element('send-bytes').addEventListener('click', () => {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  ws.send(bytes);
  log('sent', hexOf(bytes.buffer), 'bytes');
});

element('close').addEventListener('submit', (event) => {
  event.preventDefault();
  const code = element('code').value;
  const reason = element('reason');
  try {
    if (code === '') ws.close();
    else ws.close(Number(code), reason.value);
    reason.setCustomValidity('');
  } catch (error) {
    reason.setCustomValidity(error.message);
    reason.reportValidity();
  }
  showState();
});

element('reason').addEventListener('input', ({ target }) => target.setCustomValidity(''));

element('reconnect').addEventListener('click', () => {
  show('closed', '–');
  ws = connect();
  showState();
});

ws = connect();
showState();
