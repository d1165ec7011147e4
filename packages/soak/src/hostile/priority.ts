/** Who goes first where processes share a core. */
import { constants, setPriority } from 'node:os';

const { PRIORITY_HIGHEST, PRIORITY_LOW } = constants.priority;

/**
 * For what is measured and what measures: so that strangers on the machine do not show in the figures.
 * Only some users may; the others have to read the figures with that in mind.
 */
export function goFirst(): void {
  try {
    setPriority(PRIORITY_HIGHEST);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SYSTEM_ERROR') throw error;
  }
}

/** For attackers: so that they do not keep an innocent client from measuring. */
export function goLast(): void {
  setPriority(PRIORITY_LOW);
}
