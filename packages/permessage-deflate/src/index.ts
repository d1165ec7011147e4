export type { DeflateOptions } from './options';
export { permessageDeflate } from './permessage-deflate';
