/** The server's answer is not one that the client's offer allows: the client fails the connection. */
export class ExtensionNegotiationError extends Error {
  override readonly name: string = 'ExtensionNegotiationError';
}
