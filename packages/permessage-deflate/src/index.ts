export { EXTENSION_OPTIONS, extensionsFor } from './extension-options';
export type { ExtensionOptions } from './extension-options';
export type { DeflateOptions } from './options';
export { permessageDeflate } from './first-use';
