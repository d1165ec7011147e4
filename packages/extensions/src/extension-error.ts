/** Why an extension could not take a message of the peer's. */
export type ExtensionFailure = 'invalid-data' | 'message-too-big';

/** The peer sent what an active extension does not let it send, or more than is allowed. */
export class ExtensionError extends Error {
  override readonly name: string = 'ExtensionError';
  readonly failure: ExtensionFailure;

  constructor(failure: ExtensionFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.failure = failure;
  }
}
