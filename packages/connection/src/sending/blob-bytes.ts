import { ConnectionError } from '../lifecycle/connection-error';

/** The bytes of a Blob, or why they cannot be had. Never rejects. */
export async function bytesOf(blob: Blob): Promise<Uint8Array | ConnectionError> {
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch (cause) {
    return new ConnectionError('WS_ERR_UNREADABLE_BLOB', { cause });
  }
}
