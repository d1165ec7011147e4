/** How permessage-deflate is agreed on (RFC 7692 §7.1), from the suite's side in both roles. */
import type { DeflateDemand } from '../model/case';

/** What was agreed, as the suite sees it. */
export interface DeflateAgreement {
  readonly suite: SenderSettings;
  readonly endpoint: SenderSettings;
}

export interface SenderSettings {
  readonly contextTakeover: boolean;
  readonly windowBits: number;
}

type Parameters = ReadonlyMap<string, string | true>;

const NAME = 'permessage-deflate';

/** The offers of a suite that is the client. */
export function offer(demands: readonly DeflateDemand[]): string {
  return demands
    .map((demand) => [
      NAME,
      'client_no_context_takeover',
      'client_max_window_bits',
      ...asked(demand, 'server'),
    ])
    .map((parts) => parts.join('; '))
    .join(', ');
}

/**
 * Reads a server's answer to the suite's offer; undefined if it declined.
 *
 * @throws {Error} when the answer is not one that RFC 7692 allows to this offer
 */
export function readAnswer(
  header: string | undefined,
  demands: readonly DeflateDemand[],
): DeflateAgreement | undefined {
  if (header === undefined) return undefined;
  const [answer, ...others] = readExtensions(header);
  if (answer?.name !== NAME || others.length > 0) throw new Error(`not offered: ${header}`);
  const { parameters } = answer;
  const server = readSender(parameters, 'server');
  if (!demands.some((demand) => honours(server, demand))) {
    throw new Error(`the answer does not do what was asked: ${header}`);
  }
  return { suite: readSender(parameters, 'client'), endpoint: server };
}

/**
 * Answers a client's offers with the first demand that one of them lets the suite make; undefined if
 * none does.
 */
export function answer(
  header: string | undefined,
  demands: readonly DeflateDemand[],
): { readonly header: string; readonly agreement: DeflateAgreement } | undefined {
  const offers = readExtensions(header ?? '').filter(({ name }) => name === NAME);
  for (const demand of demands) {
    const chosen = offers.find(({ parameters }) => allows(parameters, demand));
    if (chosen !== undefined) return answerTo(chosen.parameters, demand);
  }
  return undefined;
}

function answerTo(
  offered: Parameters,
  demand: DeflateDemand,
): { header: string; agreement: DeflateAgreement } {
  const suite = readSender(offered, 'server');
  const requested = {
    noContextTakeover: !suite.contextTakeover,
    windowBits: offered.has('server_max_window_bits') ? suite.windowBits : undefined,
  };
  return {
    header: [NAME, ...asked(requested, 'server'), ...asked(demand, 'client')].join('; '),
    agreement: {
      suite,
      endpoint: {
        contextTakeover: !demand.noContextTakeover,
        windowBits: demand.windowBits ?? 15,
      },
    },
  };
}

/**
 * "a server MUST NOT include client_max_window_bits in its response" to a client that has not
 * offered it (§7.1.2.2); raw deflate in zlib cannot do windows of 8 bits for the suite.
 */
function allows(offered: Parameters, { windowBits }: DeflateDemand): boolean {
  if (offered.get('server_max_window_bits') === '8') return false;
  return windowBits === undefined || offered.has('client_max_window_bits');
}

function asked({ noContextTakeover, windowBits }: DeflateDemand, side: string): string[] {
  return [
    ...(noContextTakeover ? [`${side}_no_context_takeover`] : []),
    ...(windowBits === undefined ? [] : [`${side}_max_window_bits=${windowBits}`]),
  ];
}

function honours(
  sender: SenderSettings,
  { noContextTakeover, windowBits = 15 }: DeflateDemand,
): boolean {
  return sender.windowBits <= windowBits && !(noContextTakeover && sender.contextTakeover);
}

function readSender(parameters: Parameters, side: string): SenderSettings {
  const bits = parameters.get(`${side}_max_window_bits`);
  return {
    contextTakeover: !parameters.has(`${side}_no_context_takeover`),
    windowBits: typeof bits === 'string' ? Number(bits) : 15,
  };
}

/** Reads a header without commas or semicolons in quotes: permessage-deflate has no such values. */
function readExtensions(header: string): { name: string; parameters: Parameters }[] {
  return header.split(',').map((element) => {
    const [name = '', ...rest] = element.split(';').map((item) => item.trim());
    const parameters = rest.map((item): [string, string | true] => {
      const [key = '', value] = item.split('=').map((side) => side.trim());
      return [key, value === undefined ? true : value.replaceAll('"', '')];
    });
    return { name, parameters: new Map(parameters) };
  });
}
