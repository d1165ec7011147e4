/* global clearTimeout, crypto, performance, setTimeout */

/** The echo: what is sent comes back; and what else a connection can show. */
import { LastingSocket } from './lasting-socket.mjs';
import { part } from './log.mjs';
import { element, Panel } from './panel.mjs';
import { hexOf, wordsForBytes, wordsForEnd } from './wording.mjs';

const PING_EVERY = 2000;

const panel = new Panel('echo', ['echo-send', 'echo-close'], { comeBack: 'Reconnect' });
const { log, progress } = panel;

let pingTimer = 0;
/** What the server sends as fast as it can: how much of it, and since when. */
let flood = null;

const HEARD = {
  hello({ version }) {
    show('version', version);
  },
  'round-trip'({ milliseconds }) {
    show('round-trip', `${milliseconds.toFixed(1)} ms`);
    pingTimer = setTimeout(() => socket.say({ type: 'ping' }), PING_EVERY);
  },
  text({ text }) {
    log.add('received', text);
  },
  flood({ bytes }) {
    flood = { bytes, received: 0, since: performance.now() };
    log.add('note', `the server sends ${wordsForBytes(bytes)}, no faster than this page reads`);
  },
  'flood-over'({ pauses, mostWaiting }) {
    const seconds = ((performance.now() - flood.since) / 1000).toFixed(1);
    const size = wordsForBytes(flood.bytes);
    const paused = `the server paused ${pauses} times to wait for this page`;
    const most = `held at most ${wordsForBytes(mostWaiting)} meanwhile`;
    log.add('note', `back-pressure: ${size} came in ${seconds} s; ${paused}, and ${most}`);
    endFlood();
  },
};

const socket = new LastingSocket('/', 'echo', {
  onopen() {
    show('ended', '–');
    socket.say({ type: 'ping' });
  },
  onmessage(data) {
    if (typeof data !== 'string') {
      receiveBytes(data);
      return;
    }
    const message = JSON.parse(data);
    HEARD[message.type]?.(message);
  },
  onend(event, byUs) {
    clearTimeout(pingTimer);
    endFlood();
    for (const id of ['version', 'round-trip']) show(id, '–');
    show('ended', `${event.code}, ${event.wasClean ? 'clean' : 'not clean'}`);
    log.add('note', wordsForEnd(byUs ? 'you' : 'the server', event));
  },
  onstate: (state, text) => panel.showState(state, text),
});

function receiveBytes(data) {
  if (flood === null) {
    log.add('received', part('span', 'bytes', hexOf(data)));
    return;
  }
  flood.received += data.byteLength;
  const text = `${wordsForBytes(flood.received)} of ${wordsForBytes(flood.bytes)}`;
  progress.show(flood.received / flood.bytes, text);
}

function endFlood() {
  flood = null;
  progress.hide();
  for (const id of ['flood', 'send-bytes']) element(id).disabled = !socket.isOpen;
}

function show(id, text) {
  element(id).textContent = text;
}

function onSend() {
  element('echo-send').addEventListener('submit', (event) => {
    event.preventDefault();
    const input = element('echo-text');
    if (input.value === '') return;
    socket.say({ type: 'text', text: input.value });
    log.add('sent', input.value);
    input.value = '';
  });
  element('send-bytes').addEventListener('click', () => {
    const bytes = crypto.getRandomValues(new Uint8Array(8));
    socket.send(bytes);
    log.add('sent', part('span', 'bytes', hexOf(bytes.buffer)));
  });
  // Bytes would be taken for some of the flood.
  element('flood').addEventListener('click', () => {
    socket.say({ type: 'flood' });
    for (const id of ['flood', 'send-bytes']) element(id).disabled = true;
  });
}

function onClose() {
  const reason = element('reason');
  element('echo-close').addEventListener('submit', (event) => {
    event.preventDefault();
    const code = element('code').value;
    try {
      if (code === '') socket.close();
      else socket.close(Number(code), reason.value);
    } catch (error) {
      reason.setCustomValidity(error.message);
      reason.reportValidity();
    }
  });
  reason.addEventListener('input', () => reason.setCustomValidity(''));
  element('end').addEventListener('click', () => socket.say({ type: 'end' }));
}

export function startEcho() {
  onSend();
  onClose();
  panel.onToggle(null, () => socket.reconnect());
  socket.connect();
}
