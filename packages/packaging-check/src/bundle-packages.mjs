/** The second half of `npm run build`: bundles the code of every published package, for the programs of this repository. */
import { bundleCode } from './bundle.mjs';
import { publishedPackages } from './repository.mjs';

await Promise.all(publishedPackages().map(bundleCode));
