import { KEY1, KEY2 } from '../test/heads';
import { hixie76Challenge, hixie76KeyNumber } from './hixie76';

const MAX = 4294967295;

describe('hixie76KeyNumber', () => {
  test.each([
    ['the draft’s first example', KEY1, 829309203],
    ['the draft’s second example', KEY2, 259970620],
    ['an example of §1.3', '18x 6]8vM;54 *(5:  {   U1]8  z [  8', 155712099],
    ['another example of §1.3', '1_ tx7X d  <  nw  334J702) 7]o}` 0', 173347027],
    ['one digit and one space', '7 ', 7],
    ['leading and trailing spaces, which count', '  8  ', 2],
    ['leading zeros', '0012   ', 4],
    ['the greatest number', `${MAX} `, MAX],
    ['the greatest number over twelve spaces', `${MAX * 12}${' '.repeat(12)}`, MAX],
    ['no digits', 'a b', null],
    ['an empty key', '', null],
    ['spaces only', '    ', null],
    ['zero', '0 ', null],
    ['many zeros', '0 0 0', null],
    ['no spaces', '123', null],
    ['tabs instead of spaces', '12\t3', null],
    ['no-break spaces instead of spaces', '12\u00a03', null],
    ['a remainder', '10   ', null],
    ['one more than the greatest number', `${MAX + 1} `, null],
    ['digits beyond exact arithmetic', `${'9'.repeat(17)} `, null],
    ['digits beyond any number', `${'9'.repeat(15_000)} `, null],
    ['digits of other scripts', '٣ ', null],
    ['15 kB of spaces around a digit', `${' '.repeat(7_500)}1${' '.repeat(7_500)}`, null],
  ])('of %s', (_, key, number) => {
    expect(hixie76KeyNumber(key)).toBe(number);
  });
});

describe('hixie76Challenge', () => {
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

  test.each([
    ['the draft’s worked example', KEY1, KEY2, '^n:ds[4U', "8jKS'y:G*Co,Wxa-"],
    [
      'the draft’s other example',
      '18x 6]8vM;54 *(5:  {   U1]8  z [  8',
      '1_ tx7X d  <  nw  334J702) 7]o}` 0',
      'Tm[K T2u',
      'fQJ,fN/4F4!~K~MH',
    ],
  ])('answers %s', (_, key1, key2, key3, challenge) => {
    expect(text(hixie76Challenge(key1, key2, Buffer.from(key3)))).toBe(challenge);
  });

  test('leaves key3 alone', () => {
    const key3 = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
    hixie76Challenge(KEY1, KEY2, key3);
    expect([...key3]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test.each([
    ['a first key without a number', 'x', KEY2, 8],
    ['a second key without a number', KEY1, 'x', 8],
    ['seven bytes of key3', KEY1, KEY2, 7],
    ['nine bytes of key3', KEY1, KEY2, 9],
  ])('throws on %s', (_, key1, key2, length) => {
    expect(() => hixie76Challenge(key1, key2, new Uint8Array(length))).toThrow(RangeError);
  });
});
