/** What is done over and over to measure a parser or an encoder. */
import type { CodecCell } from './codec-cells';
import type { Codec } from './codecs/codec';
import { clientFrame, isText, payloadOf, repeated } from './frames';

/** What a socket reads at a time, in bytes: work is at least as much. */
const CHUNK = 65_536;

export interface Work {
  /** Messages in one run. */
  readonly messages: number;
  /** To be called before each run; its time does not count. */
  readonly prepare: () => void;
  /** @throws {Error} when something else came out than went in. */
  readonly run: () => void;
}

export function workOf(cell: CodecCell, codec: Codec): Work {
  const messages = Math.ceil(CHUNK / cell.size);
  return cell.task === 'parse' ? parsing(cell, codec, messages) : encoding(cell, codec, messages);
}

/** Parsers unmask in the memory of the chunk: each run has it anew. */
function parsing({ size, content }: CodecCell, codec: Codec, messages: number): Work {
  const frames = repeated(clientFrame(payloadOf(size, content), isText(content)), messages);
  const memory = Buffer.alloc(frames.length);
  const chunks: Buffer[] = [];
  for (let at = 0; at < frames.length; at += CHUNK) chunks.push(memory.subarray(at, at + CHUNK));
  let parsed = 0;
  const parse = codec.parser(() => (parsed += 1));
  return {
    messages,
    prepare: () => void frames.copy(memory),
    run() {
      parsed = 0;
      for (const chunk of chunks) parse(chunk);
      if (parsed !== messages) throw new Error(`${parsed} of ${messages} messages were parsed`);
    },
  };
}

function encoding({ task, size, content }: CodecCell, codec: Codec, messages: number): Work {
  const bytes = payloadOf(size, content);
  const payload = isText(content) ? bytes.toString() : bytes;
  let encoded = 0;
  const encode = codec.encoder(task === 'encode server' ? 'server' : 'client', ({ length }) => {
    encoded += length;
  });
  return {
    messages,
    prepare: () => (encoded = 0),
    run() {
      for (let i = 0; i < messages; i++) encode(payload);
      if (encoded <= size * messages) throw new Error('less was encoded than was asked for');
    },
  };
}
