export { ExtensionError } from './extension-error';
export type { ExtensionFailure } from './extension-error';
export type {
  AcceptedOffer,
  Awaitable,
  Extension,
  ExtensionMessage,
  ExtensionOffer,
  ExtensionParameter,
  ExtensionParameters,
  ExtensionSession,
  OutgoingMessage,
} from './extension';
