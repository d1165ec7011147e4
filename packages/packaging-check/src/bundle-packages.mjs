/** The second half of `npm run build`: bundles the code and the types of every published package, as programs get them. */
import { bundleCode, bundleTypes } from './bundle.mjs';
import { publishedPackages } from './repository.mjs';

await Promise.all(publishedPackages().map(bundleCode));
await Promise.all(publishedPackages().map(bundleTypes));
