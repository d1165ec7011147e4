/** Firebase's database against a small server of its protocol. */
import assert from 'node:assert/strict';
import { deleteApp, initializeApp } from '@firebase/app';
import * as database from '@firebase/database';
import { DatabaseServer } from './support/firebase.mjs';
import assertRunsOnUs from './support/runs-on-us.cjs';
import { Inbox, within } from './support/waiting.mjs';

const { child, get, getDatabase, off, onValue, push, ref, remove, set, update } = database;

assertRunsOnUs('@firebase/database');

const server = new DatabaseServer();
const port = await server.listen();
const app = initializeApp({ appId: 'test', databaseURL: `http://127.0.0.1:${port}?ns=test` });
const db = getDatabase(app);
const connected = new Inbox();
onValue(ref(db, '.info/connected'), (snapshot) => connected.put(snapshot.val()));

await connects();
await writesAndReads();
await listens();
await sendsBigValues();
await comesBack();
await leaves();
await deleteApp(app);
server.close();
// The database leaves timers of half a minute behind.
process.exit();

async function connects() {
  assert.equal(await connected.next('the state before'), false);
  assert.equal(await connected.next('the connection'), true);
  const [{ url, headers }] = server.requests;
  assert.match(url, /^\/\.ws\?v=5&(.*&)?ns=test/);
  assert.match(headers['user-agent'], /^Firebase\/5\/.*\/Node$/);
  assert.equal(headers['x-firebase-gmpid'], 'test');
}

async function writesAndReads() {
  const user = ref(db, 'users/ada');
  const ada = { name: 'Ada', born: 1815, tags: { first: true } };
  await within(set(user, ada), 'a write');
  assert.deepEqual(server.read('/users/ada'), ada);
  assert.deepEqual((await within(get(user), 'a read')).val(), ada);
  await within(update(user, { name: 'Ada Lovelace', 'tags/first': null }), 'an update');
  assert.deepEqual((await within(get(user), 'a read')).val(), { name: 'Ada Lovelace', born: 1815 });
  const pushed = await within(push(ref(db, 'list'), 'Grüße 🦊'), 'a push');
  assert.equal((await within(get(pushed), 'a read')).val(), 'Grüße 🦊');
  await within(remove(user), 'a removal');
  assert.equal((await within(get(user), 'a read')).exists(), false);
}

async function listens() {
  const values = new Inbox();
  onValue(ref(db, 'chat'), (snapshot) => values.put(snapshot.val()));
  assert.equal(await values.next('the value at first'), null);
  server.write('/chat/one', 'from the server');
  assert.deepEqual(await values.next('a change'), { one: 'from the server' });
  const once = new Inbox();
  onValue(ref(db, 'chat/one'), (snapshot) => once.put(snapshot.val()), { onlyOnce: true });
  assert.equal(await once.next('the value'), 'from the server');
  off(ref(db, 'chat'));
}

async function sendsBigValues() {
  const big = 'Zażółć gęślą jaźń 🦊 '.repeat(3000).slice(0, 60_000);
  const inPieces = server.inPieces;
  await within(set(ref(db, 'big/up'), big), 'a big write');
  assert.equal(server.inPieces, inPieces + 1);
  assert.equal(server.read('/big/up'), big);
  server.write('/big/down', `${big}!`);
  assert.equal((await within(get(ref(db, 'big/down')), 'a big read')).val(), `${big}!`);
}

/** The connection is cut while a write has no answer: it is made anew, and so is the write. */
async function comesBack() {
  const values = new Inbox();
  onValue(child(ref(db), 'kept'), (snapshot) => values.put(snapshot.val()));
  assert.equal(await values.next('the value at first'), null);
  const asked = new Inbox();
  server.accept = (action, body) => {
    if (action === 'p') asked.put(body);
    return action !== 'p';
  };
  const written = set(ref(db, 'kept'), 'written twice');
  assert.equal(await values.next('its own value, before the server has it'), 'written twice');
  assert.deepEqual(await asked.next('the write'), { p: '/kept', d: 'written twice' });
  server.accept = () => true;
  server.drop();
  assert.equal(await connected.next('the loss of the connection'), false);
  assert.equal(await connected.next('another connection'), true);
  await within(written, 'the write');
  assert.equal(server.read('/kept'), 'written twice');
  server.write('/kept', 'still heard');
  assert.equal(await values.next('a change'), 'still heard');
  assert.equal(server.requests.length, 2);
}

/** Going offline closes the connection; then the server writes what it was asked to. */
async function leaves() {
  const status = ref(db, 'status');
  await within(set(status, 'online'), 'a write');
  await within(database.onDisconnect(status).set('offline'), 'a request');
  database.goOffline(db);
  assert.equal(await connected.next('the end of the connection'), false);
  database.goOnline(db);
  assert.equal(await connected.next('another connection'), true);
  assert.equal((await within(get(status), 'a read')).val(), 'offline');
}
