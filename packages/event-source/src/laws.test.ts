/** What a client that follows the standard reads is what was sent, wherever the stream is cut. */
import * as fc from 'fast-check';
import { anyText } from '../../common/test/any-text';
import { EventStreamParser, type ParsedEvent } from '../test/event-stream-parser';
import { eventFields } from './event-options';
import { COMMENT, eventText, retryText } from './event-stream';

/** Any text; often with line ends, colons and spaces, and with halves of surrogate pairs. */
const text = fc.oneof(
  anyText(),
  fc.string({
    unit: fc.constantFrom('\r', '\n', ':', ' ', 'a', '\0', '\ufeff', '\ud83d', '\ude00'),
  }),
);
const field = text.map((value) => value.replace(/[\r\n\0]/g, '.'));
const fields: fc.Arbitrary<{ event?: string; id?: string }> = fc.record(
  { event: field, id: field },
  { requiredKeys: [] },
);
const message = fc.record({ data: text, fields });
type Message = typeof message extends fc.Arbitrary<infer T> ? T : never;

/** What UTF-8 makes of it. */
const wellFormed = (value: string): string => Buffer.from(value).toString();

const ENDS_OF_LINES = /\r\n?|\n/g;

function expected(messages: readonly Message[]): ParsedEvent[] {
  let lastEventId = '';
  return messages.map(({ data, fields: { event = '', id = lastEventId } }) => {
    lastEventId = wellFormed(id);
    const type = event === '' ? 'message' : wellFormed(event);
    return { type, data: wellFormed(data).replace(ENDS_OF_LINES, '\n'), lastEventId };
  });
}

/** Bytes in pieces, cut at these shares of what is left. */
function* cut(bytes: Uint8Array, shares: readonly number[]): Generator<Uint8Array> {
  let rest = bytes;
  for (const share of shares) {
    const end = Math.floor(share * rest.length);
    yield rest.subarray(0, end);
    rest = rest.subarray(end);
  }
  yield rest;
}

test('events are read as they were sent', () => {
  const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }));
  fc.assert(
    fc.property(fc.array(message), shares, fc.nat(), (messages, cuts, retry) => {
      const stream = messages.map(({ data, fields: given }) => eventText(data, eventFields(given)));
      const parser = new EventStreamParser();
      const bytes = Buffer.from(retryText(retry) + stream.join(COMMENT));
      for (const piece of cut(bytes, cuts)) parser.push(piece);
      expect(parser.events).toEqual(expected(messages));
      expect(parser.retry).toBe(retry);
      expect(parser.comments).toHaveLength(Math.max(0, messages.length - 1));
    }),
    { numRuns: 500 },
  );
});

test('an event or an id with CR, LF or NUL never gets there', () => {
  const forbidden = fc.constantFrom('\r', '\n', '\0');
  fc.assert(
    fc.property(text, forbidden, text, (before, character, after) => {
      const value = before + character + after;
      expect(() => eventFields({ event: value })).toThrow(TypeError);
      expect(() => eventFields({ id: value })).toThrow(TypeError);
    }),
  );
});
