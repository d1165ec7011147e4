/** The behaviours that a script checks: each is a function with a name, and fails by throwing. */
'use strict';

/**
 * Runs them one after another, and ends the process with a failure if one of them throws, or if it waits
 * for what can never come: Node would end well then.
 *
 * @param {...(() => Promise<void>)} behaviours
 */
module.exports = async function checkBehaviours(...behaviours) {
  let current;
  process.on('exit', () => {
    if (current === undefined) return;
    process.exitCode = 1;
    console.error(`${current} did not end well`);
  });
  for (const behaviour of behaviours) {
    current = behaviour.name;
    await behaviour();
  }
  current = undefined;
};
