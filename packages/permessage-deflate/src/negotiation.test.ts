import fc from 'fast-check';
import { header, parameters } from '../test/header';
import { extension, shared } from '../test/messages';
import { agreementOn, answerOffer, answers, offersFor } from './negotiation';
import type { Preferences } from './negotiation';
import type { DeflateOptions } from './options';
import { readParameters, writeParameters } from './parameters';
import type { DeflateParameters } from './parameters';

const TAKEOVER = { serverNoContextTakeover: false, clientNoContextTakeover: false };

/** A server's answer to alternatives, as a header. */
function answerTo(offers: readonly string[], options: DeflateOptions = {}): string | null {
  const accepted = extension(options).accept(offers.map(parameters));
  return accepted && header(accepted.parameters);
}

/** Whether a client goes on with an answer. */
function goesOnWith(answer: string, options: DeflateOptions = {}): boolean {
  return extension(options).offer().activate(parameters(answer)) !== null;
}

describe('a server', () => {
  test.each<[string, DeflateOptions, string]>([
    ['', {}, 'server_no_context_takeover; client_no_context_takeover'],
    ['', TAKEOVER, ''],
    ['client_max_window_bits', TAKEOVER, ''],
    ['client_max_window_bits=10', TAKEOVER, 'client_max_window_bits=10'],
    ['client_max_window_bits=15', TAKEOVER, ''],
    ['client_max_window_bits', { ...TAKEOVER, clientMaxWindowBits: 9 }, 'client_max_window_bits=9'],
    [
      'client_max_window_bits=12',
      { ...TAKEOVER, clientMaxWindowBits: 9 },
      'client_max_window_bits=9',
    ],
    [
      'client_max_window_bits=8',
      { ...TAKEOVER, clientMaxWindowBits: 9 },
      'client_max_window_bits=8',
    ],
    ['', { ...TAKEOVER, clientMaxWindowBits: 9 }, ''],
    ['', { ...TAKEOVER, serverMaxWindowBits: 9 }, 'server_max_window_bits=9'],
    ['server_max_window_bits=8', TAKEOVER, 'server_max_window_bits=8'],
    ['server_max_window_bits=15', TAKEOVER, 'server_max_window_bits=15'],
    [
      'server_max_window_bits=12',
      { ...TAKEOVER, serverMaxWindowBits: 9 },
      'server_max_window_bits=9',
    ],
    [
      'server_max_window_bits=9',
      { ...TAKEOVER, serverMaxWindowBits: 12 },
      'server_max_window_bits=9',
    ],
    ['server_no_context_takeover', TAKEOVER, 'server_no_context_takeover'],
    ['client_no_context_takeover', TAKEOVER, 'client_no_context_takeover'],
  ])('answers an offer of "%s" when it wants %p with "%s"', (offer, options, answer) => {
    expect(answerTo([offer], options)).toBe(answer);
  });

  test.each([
    'server_max_window_bits',
    ...['7', '16', '08', '+8', '-8', '', '9.0', '1e1', '0x9', '"8"', '"15"', '٩'].flatMap(
      (value) => [`server_max_window_bits=${value}`, `client_max_window_bits=${value}`],
    ),
    'server_no_context_takeover=',
    'server_no_context_takeover=1',
    'client_no_context_takeover=true',
    'client_no_context_takeover; client_no_context_takeover',
    'client_max_window_bits; client_max_window_bits=10',
    'server_max_window_bits=10; server_max_window_bits=10',
    'unknown',
    'unknown=1; client_max_window_bits',
    '__proto__',
    'constructor',
    'Server_No_Context_Takeover',
  ])('declines "%s", and takes the next offer', (offer) => {
    expect(answerTo([offer])).toBeNull();
    const next = 'server_max_window_bits=10';
    expect(answerTo([offer, next, ''], TAKEOVER)).toBe(next);
  });

  test('without memory to spare agrees to nothing that would take it', () => {
    const options = { ...TAKEOVER, clientMaxWindowBits: 8, maxContextMemory: 1000 };
    expect(answerTo(['client_max_window_bits'], options)).toBe('client_max_window_bits=8');
    expect(answerTo([''], options)).toBe('server_no_context_takeover; client_no_context_takeover');
  });

  test('declines when there is nothing to accept', () => {
    expect(answerTo([])).toBeNull();
  });
});

describe('a client', () => {
  test.each<[DeflateOptions, string[]]>([
    [
      {},
      [
        'server_no_context_takeover; client_no_context_takeover; client_max_window_bits',
        'client_no_context_takeover; client_max_window_bits',
      ],
    ],
    [TAKEOVER, ['client_max_window_bits']],
    [{ ...TAKEOVER, clientMaxWindowBits: 10 }, ['client_max_window_bits=10']],
    [
      { ...TAKEOVER, serverMaxWindowBits: 10 },
      ['server_max_window_bits=10; client_max_window_bits', 'client_max_window_bits'],
    ],
  ])('that wants %p offers %p', (options, offers) => {
    expect(extension(options).offer().alternatives.map(header)).toEqual(offers);
  });

  test.each([
    '',
    'server_no_context_takeover',
    'client_no_context_takeover',
    'server_max_window_bits=8',
    'client_max_window_bits=8',
    'client_max_window_bits=15; server_max_window_bits=15; server_no_context_takeover',
  ])('goes on with "%s"', (answer) => {
    expect(goesOnWith(answer)).toBe(true);
    expect(goesOnWith(answer, { ...TAKEOVER, serverMaxWindowBits: 9 })).toBe(true);
  });

  test.each([
    'client_max_window_bits',
    'server_max_window_bits',
    'server_max_window_bits=7',
    'client_max_window_bits=16',
    'client_max_window_bits=08',
    'client_max_window_bits="8"',
    'server_no_context_takeover=1',
    'client_no_context_takeover; client_no_context_takeover',
    'unknown',
  ])('fails when the answer is "%s"', (answer) => {
    expect(goesOnWith(answer)).toBe(false);
  });

  test('fails when it is allowed more than it asked for', () => {
    expect(goesOnWith('client_max_window_bits=11', { clientMaxWindowBits: 10 })).toBe(false);
    expect(goesOnWith('client_max_window_bits=10', { clientMaxWindowBits: 10 })).toBe(true);
  });

  test('without memory to spare offers nothing that would take it', () => {
    const offer = extension({ ...TAKEOVER, maxContextMemory: 0 }, shared()).offer();
    expect(offer.alternatives.map(header)).toEqual([
      'server_no_context_takeover; client_max_window_bits',
    ]);
    expect(offer.activate(parameters(''))).toBeNull();
    expect(offer.activate(parameters('server_no_context_takeover'))).not.toBeNull();
  });
});

describe('a client and a server', () => {
  const bits = fc.integer({ min: 8, max: 15 });
  const preferences: fc.Arbitrary<Preferences> = fc.record({
    serverNoContextTakeover: fc.boolean(),
    clientNoContextTakeover: fc.boolean(),
    serverMaxWindowBits: bits,
    clientMaxWindowBits: bits,
  });
  const someBits = fc.option(bits);
  const anyOffer: fc.Arbitrary<DeflateParameters> = fc.record({
    serverNoContextTakeover: fc.boolean(),
    clientNoContextTakeover: fc.boolean(),
    serverMaxWindowBits: someBits,
    clientMaxWindowBits: someBits,
  });

  test('agree, whatever the two want', () => {
    const law = fc.property(
      preferences,
      preferences,
      fc.boolean(),
      (client, server, remembering) => {
        const offers = offersFor(client, remembering);
        const answer = answerOffer(offers[0], server);
        expect(offers.some((offer) => answers(offer, answer))).toBe(true);
        const agreement = agreementOn(answer);
        expect(agreement.server.contextTakeover).toBe(
          !client.serverNoContextTakeover && !server.serverNoContextTakeover && remembering,
        );
        expect(agreement.client.contextTakeover).toBe(
          !client.clientNoContextTakeover && !server.clientNoContextTakeover,
        );
        expect(agreement.server.windowBits).toBe(
          Math.min(client.serverMaxWindowBits, server.serverMaxWindowBits),
        );
        expect(agreement.client.windowBits).toBe(
          Math.min(client.clientMaxWindowBits, server.clientMaxWindowBits),
        );
      },
    );
    fc.assert(law, { numRuns: 2000 });
  });

  test('a server answers any offer with what the offer allows', () => {
    const law = fc.property(anyOffer, preferences, (offer, server) => {
      const answer = answerOffer(offer, server);
      expect(answers(offer, answer)).toBe(true);
      // Accepting the parameter is including it in the response (§7.1.2.1).
      expect(offer.serverMaxWindowBits === null || answer.serverMaxWindowBits !== null).toBe(true);
      expect(offer.clientMaxWindowBits === null && answer.clientMaxWindowBits !== null).toBe(false);
    });
    fc.assert(law, { numRuns: 2000 });
  });

  test('read what the other has written', () => {
    const law = fc.property(anyOffer, (said) => {
      expect(readParameters(writeParameters(said, 'offer'), 'offer')).toEqual(said);
      expect(readParameters(writeParameters(said, 'answer'), 'answer')).toEqual(said);
    });
    fc.assert(law, { numRuns: 1000 });
  });
});
