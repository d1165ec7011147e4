/** The command line, read and judged before anything starts. */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';

export type Subject =
  | { readonly kind: 'ours' }
  | { readonly kind: 'server'; readonly url: string }
  | { readonly kind: 'client'; readonly port: number };

export interface Options {
  readonly subject: Subject;
  /** Patterns of case numbers; empty: all. */
  readonly cases: readonly string[];
  readonly full: boolean;
  readonly parallel: number;
  /** Milliseconds that an endpoint may show no sign of life for when something is due. */
  readonly patience: number;
  readonly insecure: boolean;
  readonly json: string | undefined;
  readonly report: string | undefined;
  /** Write what came as what is expected. */
  readonly update: boolean;
  readonly help: boolean;
}

export const USAGE: string = `npm run conformance -- [options]                this toolkit, in both roles
npm run conformance -- server <url> [options]   an echo server
npm run conformance -- client [options]         echo clients, which visit the suite

  --cases <patterns>  numbers separated by commas: 7, 9.*, 6.4.3
  --full              real counts and pauses, and every close code
  --parallel <n>      cases at a time
  --patience <ms>     how long an endpoint may do nothing, on any connection, when something is due (5000)
  --port <n>          where clients visit the suite (9001)
  --insecure          accept any certificate of a wss: server
  --json <file>       write the results there
  --report <file>     write a page to read there
  --update            write what came to expected/ (quick runs of this toolkit)
  --help`;

const DEFAULT_PORT = 9001;

/** @throws {TypeError | RangeError} when an option is unknown or its value is not usable. */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      cases: { type: 'string', default: '' },
      full: { type: 'boolean', default: false },
      parallel: { type: 'string', default: `${Math.min(8, 2 * availableParallelism())}` },
      patience: { type: 'string', default: '5000' },
      port: { type: 'string' },
      insecure: { type: 'boolean', default: false },
      json: { type: 'string' },
      report: { type: 'string' },
      update: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { full, insecure, json, report, update, help } = values;
  const subject = readSubject(positionals, values.port);
  if (update && (subject.kind !== 'ours' || full)) {
    throw new TypeError('--update is for quick runs of this toolkit alone');
  }
  return {
    subject,
    cases: values.cases.split(',').flatMap((pattern) => pattern.trim() || []),
    full,
    parallel: readInteger('parallel', values.parallel, 1, 100),
    patience: readInteger('patience', values.patience, 10, 600_000),
    insecure,
    json,
    report,
    update,
    help,
  };
}

function readSubject([kind, url, ...rest]: string[], port: string | undefined): Subject {
  if (kind !== 'client' && port !== undefined) throw new TypeError('--port is for clients alone');
  if (kind === undefined) return { kind: 'ours' };
  if (kind === 'client' && url === undefined) {
    return { kind, port: readInteger('port', port ?? `${DEFAULT_PORT}`, 0, 65_535) };
  }
  if (kind !== 'server' || url === undefined || rest.length > 0) {
    throw new TypeError(`'server <url>' or 'client' or nothing, not '${[kind, url].join(' ')}'`);
  }
  const { protocol } = new URL(url);
  if (protocol === 'ws:' || protocol === 'wss:') return { kind, url };
  throw new TypeError(`the URL of a WebSocket server begins with ws: or wss:, not ${protocol}`);
}

function readInteger(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new RangeError(`--${name} is a whole number from ${least} to ${most}, not '${text}'`);
}
