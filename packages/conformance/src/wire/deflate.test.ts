import { MessageDeflate } from './deflate';
import type { SenderSettings } from './deflate-parameters';
import { contents, CORPORA } from '../corpus';

const FREE: SenderSettings = { contextTakeover: true, windowBits: 15 };

test.each([
  ['freely', FREE],
  ['without context takeover', { ...FREE, contextTakeover: false }],
  ['in a small window', { ...FREE, windowBits: 9 }],
])('what is compressed %s inflates to what it was', (_, settings) => {
  const sender = new MessageDeflate({ suite: settings, endpoint: FREE });
  const receiver = new MessageDeflate({ suite: FREE, endpoint: settings });
  const octets = contents(CORPORA[0]);
  for (const size of [0, 1, 100, 5_000, 60_000]) {
    const message = octets.subarray(size, 2 * size);
    expect(receiver.inflate(sender.compress(message)).equals(message)).toBe(true);
  }
});

test.each([
  ['its context', { ...FREE, contextTakeover: false }],
  ['too large a window', { ...FREE, windowBits: 9 }],
])('a sender that uses %s against what was agreed is found out', (_, agreed) => {
  const sender = new MessageDeflate({ suite: FREE, endpoint: FREE });
  const receiver = new MessageDeflate({ suite: FREE, endpoint: agreed });
  const message = contents(CORPORA[0]).subarray(0, 4_096);
  expect(() => {
    for (let round = 0; round < 3; round++) receiver.inflate(sender.compress(message));
  }).toThrow();
});
