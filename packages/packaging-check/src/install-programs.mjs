/** The command `node install-programs.mjs folder`: installs the programs in that folder. */
import { installProject, PROGRAMS } from './programs.mjs';

await installProject(PROGRAMS, process.argv[2]);
