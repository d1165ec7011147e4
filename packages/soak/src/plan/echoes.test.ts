import { Echoes } from './echoes';
import { isEcho, LONGEST, messageOf } from './messages';
import { planOf, type Plan } from './plan';

const PLAN: Plan = { ...planOf(1, 5), version: 'hybi-13' };
const NUMBERS = Array.from({ length: 2000 }, (_, number) => number);
const MESSAGES = NUMBERS.map((number) => messageOf(PLAN, number));

test('messages are mostly small, some empty, some long; text and binary', () => {
  const sizes = MESSAGES.map(({ length }) => length);
  expect(Math.min(...sizes)).toBe(0);
  expect(Math.max(...sizes)).toBeGreaterThan(32_768);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(LONGEST);
  expect(sizes.filter((size) => size < 126).length).toBeGreaterThan(1000);
  const texts = MESSAGES.filter((message) => typeof message === 'string').length;
  expect(Math.abs(texts - 1200)).toBeLessThan(150);
});

test('drafts with nothing but text get nothing but text', () => {
  const hixie: Plan = { ...PLAN, version: 'hixie-75' };
  expect(NUMBERS.every((number) => typeof messageOf(hixie, number) === 'string')).toBe(true);
});

test('text is well-formed', () => {
  expect(
    MESSAGES.some((message) => typeof message === 'string' && /\p{Surrogate}/u.test(message)),
  ).toBe(false);
});

test('a message made once more is the same, and no other is', () => {
  const [first, second] = [messageOf(PLAN, 20), messageOf(PLAN, 21)];
  expect(isEcho(messageOf(PLAN, 20), first)).toBe(true);
  expect(isEcho(second, first)).toBe(false);
  expect(isEcho('text', Buffer.from('text'))).toBe(false);
  expect(isEcho(Buffer.from('text'), 'text')).toBe(false);
  expect(isEcho(Uint8Array.from([1, 2]), Buffer.of(1, 2))).toBe(true);
});

describe('an account', () => {
  test('of echoes in order has nothing outstanding', () => {
    const echoes = new Echoes(PLAN);
    const sent = [echoes.next(), echoes.next(), echoes.next()];
    expect(echoes.outstanding).toBe(3);
    expect(sent.map((message) => echoes.take(message))).toEqual([true, true, true]);
    expect(echoes.outstanding).toBe(0);
  });

  test('takes no echo out of order, twice, or unasked', () => {
    const echoes = new Echoes(PLAN);
    const first = echoes.next();
    const second = echoes.next();
    expect(echoes.take(second)).toBe(false);
    expect(echoes.take(second)).toBe(true);
    expect(echoes.take(first)).toBe(false);
  });
});
