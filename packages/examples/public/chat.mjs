/* global document, location, URLSearchParams */

/** The chat: a room, whose name is in the address of the page, and those who are in it. */
import { LONGEST_FILE, linkTo } from './files.mjs';
import { LastingSocket } from './lasting-socket.mjs';
import { part } from './log.mjs';
import { element, Panel } from './panel.mjs';
import { wordsForBytes, wordsForEnd, wordsForList } from './wording.mjs';

/** What can be a segment of a path, and is short. */
const ROOM = /^(?!\.\.?$)[^/\\\0]{1,32}$/;
/** How many of those in a room are named. */
const MOST_NAMES = 4;

const asked = new URLSearchParams(location.search).get('room') ?? '';
const room = ROOM.test(asked) ? asked : 'lobby';
const panel = new Panel('chat', ['chat-send'], { leave: 'Leave', comeBack: 'Come back' });
const { log, progress } = panel;

let me = '';
const others = new Set();
/** Of a file whose bytes come next. */
let file = null;
/** Lines that the server has not confirmed yet, the first first. */
let unconfirmed = [];

const HEARD = {
  welcome({ name, others: names }) {
    me = name;
    others.clear();
    for (const other of names) others.add(other);
    log.add('note', `you are ${name}, in the room “${room}”`);
  },
  joined({ name }) {
    others.add(name);
    log.add('note', `${name} came in`);
  },
  left({ name, initiator, ...end }) {
    others.delete(name);
    const who = initiator === 'local' ? 'the server' : 'they';
    log.add('note', `${name} left: ${wordsForEnd(who, end)}`);
  },
  text({ from, text }) {
    log.add('received', part('b', '', from), ` ${text}`);
  },
  file(message) {
    file = message;
  },
  delivered({ to }) {
    const words = to === 0 ? 'nobody else is here' : `to ${to} ${to === 1 ? 'other' : 'others'}`;
    unconfirmed.shift()?.(part('span', 'faint delivered', ` · ${words}`));
  },
};

const socket = new LastingSocket(`/rooms/${encodeURIComponent(room)}`, 'chat', {
  onopen() {},
  onmessage(data) {
    if (typeof data === 'string') {
      const message = JSON.parse(data);
      HEARD[message.type]?.(message);
    } else {
      log.add('received', part('b', '', file.from), ' ', linkTo(data, file.name));
    }
    showWho();
  },
  onend(event, byUs) {
    for (const addTo of unconfirmed) addTo(part('span', 'faint', ' · perhaps not delivered'));
    unconfirmed = [];
    others.clear();
    log.add('note', wordsForEnd(byUs ? 'you' : 'the server', event));
  },
  onstate(state, text) {
    panel.showState(state, text);
    showWho();
  },
});

function showWho() {
  element('who').hidden = !socket.isOpen || me === '';
  const also = others.size === 0 ? 'alone here' : `with ${namesOfOthers()}`;
  element('who').textContent = `You are ${me}, ${also}.`;
}

function namesOfOthers() {
  if (others.size <= MOST_NAMES) return wordsForList(others);
  const named = [...others].slice(0, MOST_NAMES - 1);
  return wordsForList([...named, `${others.size - named.length} more`]);
}

async function sendFile(chosen) {
  if (chosen.size > LONGEST_FILE) {
    const most = wordsForBytes(LONGEST_FILE);
    log.add('note', `${chosen.name} is too long: ${wordsForBytes(chosen.size)} of at most ${most}`);
    return;
  }
  const bytes = await chosen.arrayBuffer();
  if (!socket.isOpen) return;
  socket.say({ type: 'file', name: chosen.name.slice(-200) });
  socket.send(bytes);
  unconfirmed.push(log.add('sent', linkTo(bytes, chosen.name)));
  progress.follow(socket, bytes.byteLength);
}

export function startChat() {
  document.title = `${room} – WebSocket demo`;
  element('room').value = room;
  element('second-window').href = `/?room=${encodeURIComponent(room)}`;
  element('chat-send').addEventListener('submit', (event) => {
    event.preventDefault();
    const input = element('chat-text');
    if (input.value === '') return;
    socket.say({ type: 'text', text: input.value });
    unconfirmed.push(log.add('sent', input.value));
    input.value = '';
  });
  element('choose-file').addEventListener('click', () => element('file').click());
  element('file').addEventListener('change', ({ target }) => {
    const [chosen] = target.files;
    if (chosen !== undefined) void sendFile(chosen);
    target.value = '';
  });
  panel.onToggle(
    () => socket.close(1000, 'left the room'),
    () => socket.reconnect(),
  );
  socket.connect();
}
