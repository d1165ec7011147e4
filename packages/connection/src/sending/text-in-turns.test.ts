import fc from 'fast-check';
import { encodeInTurns } from './text-in-turns';

const UNITS = ['a', 'é', '€', '\ud83d\ude00', '\ud83d', '\ude00'];

test('the pieces of a text make the bytes of the whole, wherever it is cut', async () => {
  const texts = fc.array(fc.constantFrom(...UNITS), { maxLength: 40 }).map((all) => all.join(''));
  await fc.assert(
    fc.asyncProperty(texts, fc.integer({ min: 1, max: 9 }), async (text, pieceLength) => {
      const whole = Buffer.from(text);
      expect(await encodeInTurns(text, whole.byteLength, pieceLength)).toEqual(whole);
    }),
  );
});

test('the event loop turns between two pieces', async () => {
  let turns = 0;
  const count = (): unknown => setImmediate(() => turns++ < 100 && count());
  count();
  await encodeInTurns('x'.repeat(50), 50, 5);
  expect(turns).toBeGreaterThanOrEqual(10);
  turns = 100;
});
