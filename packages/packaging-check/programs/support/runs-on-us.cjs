/** That the programs got the umbrella where they ask for faye-websocket, and loaded it. */
'use strict';
const assert = require('node:assert/strict');
const { readdirSync, readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { join, sep } = require('node:path');

const MODULES = join(__dirname, '..', 'node_modules');

/**
 * Checks it for each of the named packages; and when the process ends, that what they get was used.
 *
 * @param {...string} names
 */
module.exports = function assertRunsOnUs(...names) {
  const used = new Set(names.map(umbrellaOf));
  assert.deepEqual(originals(MODULES), [], 'faye-websocket itself is installed');
  process.on('exit', (code) => {
    for (const path of used) assert(code !== 0 || path in require.cache, `${path} was not loaded`);
  });
};

/** What a package gets for `require('faye-websocket')`. */
function umbrellaOf(name) {
  const path = createRequire(require.resolve(name)).resolve('faye-websocket');
  assert(path.startsWith(MODULES + sep), `${name} uses ${path}`);
  const manifest = join(MODULES, 'faye-websocket', 'package.json');
  assert.equal(JSON.parse(readFileSync(manifest, 'utf8')).name, '@ws/websocket');
  assert.equal(path, require.resolve('faye-websocket'), `${name} has another one than the others`);
  return path;
}

/** Folders whose package.json says that they are faye-websocket, wherever they are. */
function originals(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(`${sep}package.json`))
    .filter(
      (file) => JSON.parse(readFileSync(join(folder, file), 'utf8')).name === 'faye-websocket',
    );
}
