export type { IncomingLimits } from './chains';
export type {
  AcceptedOffer,
  Awaitable,
  EmitPiece,
  Extension,
  ExtensionMessage,
  ExtensionOffer,
  ExtensionParameter,
  ExtensionParameters,
  ExtensionSession,
  IncomingParts,
  OutgoingMessage,
  OutgoingParts,
} from './extension';
export { ExtensionError } from './extension-error';
export type { ExtensionFailure } from './extension-error';
export { Extensions } from './extensions';
export type { Activation, PendingOffer } from './extensions';
export { ExtensionHeaderError, parseExtensions, serializeExtensions } from './header';
export type { ExtensionElement } from './header';
export { ExtensionNegotiationError } from './negotiation-error';
export { Pipeline } from './pipeline';
export { adaptPlugin } from './plugin';
export type {
  PluginCallback,
  PluginClientSession,
  PluginMessage,
  PluginOptions,
  PluginParameters,
  PluginParameterValue,
  PluginServerSession,
  PluginSession,
  WebSocketExtensionsPlugin,
} from './plugin-types';
