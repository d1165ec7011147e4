/** What says that there is no value of an option: null for each, false where there is none by default. */
import { SERVER_OPTIONS } from '@ws/common';
import { CONNECTION_OPTIONS } from '@ws/connection';
import { EXTENSION_OPTIONS, permessageDeflate } from '@ws/permessage-deflate';
import fc from 'fast-check';
import { serverSettings } from './options';
import type { ServerOptions } from './options';

const NAMES = [
  ...CONNECTION_OPTIONS,
  ...EXTENSION_OPTIONS,
  ...SERVER_OPTIONS,
  'headers',
  'handshakeTimeout',
];

const GIVEN: ServerOptions = {
  maxLength: 1,
  ping: 2,
  deflate: { level: 1 },
  headers: { 'X-A': '1' },
  protocolVersions: ['hybi-13'],
  trustProxy: true,
};

/** Everything that can be compared. */
function settingsOf(options?: ServerOptions | null): object {
  const settings = serverSettings(options);
  return { ...settings, extensions: settings.extensions.offer().header };
}

test('null is as leaving an option out, whatever the others are', () => {
  fc.assert(
    fc.property(fc.subarray(NAMES), fc.subarray(Object.entries(GIVEN)), (names, given) => {
      const options = Object.fromEntries(given) as ServerOptions;
      const nulls = Object.fromEntries(names.map((name) => [name, null]));
      expect(settingsOf({ ...nulls, ...options })).toEqual(settingsOf(options));
    }),
  );
});

test.each(['ping', 'pingInterval', 'idleTimeout', 'signal', 'deflate', 'extensions', 'headers'])(
  '%s is none by default: false says so',
  (name) => {
    expect(settingsOf({ [name]: false })).toEqual(settingsOf());
  },
);

test.each<unknown>([null, undefined, false, {}])('%p are no options', (options) => {
  expect(settingsOf(options as null)).toEqual(settingsOf());
});

describe('extensions', () => {
  const extension = permessageDeflate();
  const offered = (extensions: unknown): string =>
    serverSettings({ extensions } as ServerOptions).extensions.offer().header;

  test('one is a list of one', () => {
    expect(offered(extension)).toBe(offered([extension]));
    expect(offered(extension)).toMatch(/^permessage-deflate/);
  });

  test.each([
    [
      'permessage-deflate',
      'option extensions: "permessage-deflate" is neither an extension nor a list',
    ],
    [true, 'option extensions: true is neither an extension nor a list'],
    [0, 'option extensions: 0 is neither an extension nor a list'],
    [{}, 'extensions[0]: name must be a token'],
    [[null], 'extensions[0]: an extension must be an object'],
  ])('%j is none, and the error says so', (extensions, message) => {
    expect(() => offered(extensions)).toThrow(new TypeError(message));
  });
});
