/** What a hook may return, and what is said of all else. */
import { checkedResult } from './acceptance';
import { refuse } from './refuse';

test.each<unknown>([
  undefined,
  {},
  { data: 0 },
  { data: undefined, protocol: undefined, headers: undefined, topics: undefined },
  { options: null, closeWith: null, topics: [], protocol: 'chat', headers: { 'X-A': ['1', '2'] } },
  { closeWith: { code: 4000 } },
  { closeWith: { code: 1013, reason: 'a'.repeat(123) } },
])('%j accepts', (result) => {
  expect(checkedResult(result)).toEqual(result ?? {});
});

test('a refusal whose body is not a string is a mistake', () => {
  const refused = (): unknown => refuse(401, { error: 'log in' } as never);
  expect(refused).toThrow(new TypeError('the body of a refusal: [object Object] is not a string'));
});

test('a refusal is one', () => {
  const refusal = refuse(401);
  expect(checkedResult(refusal)).toBe(refusal);
});

test.each<[unknown, string]>([
  ...[5, '', true, false, null].map((result): [unknown, string] => [
    result,
    `the upgrade hook returned ${JSON.stringify(result)}: return refuse(status), { data }, or nothing, which accepts`,
  ]),
  [{ date: 1 }, 'option acceptance.date is not known; did you mean acceptance.data?'],
  [{ status: 401 }, 'option acceptance.status is not known: what is yours belongs into data'],
  [{ protocol: 5 }, 'acceptance.protocol: 5 is not a string'],
  [{ protocol: ['a'] }, 'acceptance.protocol: [object Array] is not a string'],
  [{ headers: { 'X-A': 'a\r\nb' } }, 'acceptance.headers: header "X-A" has a character'],
  [{ headers: { 'X A': 'a' } }, 'acceptance.headers: "X A" is not a valid header name'],
  [{ headers: [['a', 'b']] }, 'acceptance.headers: pass a plain object'],
  [{ topics: 'room' }, 'acceptance.topics: "room" is not a list'],
  [{ topics: ['room', 5] }, 'acceptance.topics: a topic is a string, and not 5'],
  [{ options: 5 }, 'acceptance.options: 5 is not an object'],
  [
    { options: { trustProxy: true } },
    'acceptance.options: option trustProxy: it is an option of the whole WebSocketServer',
  ],
  [{ closeWith: 4000 }, 'acceptance.closeWith: 4000 is not an object'],
  [{ closeWith: {} }, 'acceptance.closeWith: code: undefined is not a number'],
  [{ closeWith: { code: '4000' } }, 'acceptance.closeWith: code: "4000" is not a number'],
  [{ closeWith: { code: 1006 } }, 'acceptance.closeWith: close code 1006'],
  [{ closeWith: { code: 4000, reason: 5 } }, 'acceptance.closeWith: 5 is not a string'],
  [{ closeWith: { code: 4000, reason: 'é'.repeat(62) } }, 'acceptance.closeWith: close reason of'],
  [{ closeWith: { code: 4000, text: '' } }, 'acceptance.closeWith: option text is not known'],
])('%j is a mistake', (result, message) => {
  expect(() => checkedResult(result)).toThrow(TypeError);
  expect(() => checkedResult(result)).toThrow(message);
});
