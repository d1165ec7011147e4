/** The command `node install-programs.mjs folder`: makes the project of the programs in that folder. */
import { installPrograms } from './programs.mjs';

await installPrograms(process.argv[2]);
