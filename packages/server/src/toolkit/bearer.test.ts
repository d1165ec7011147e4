import { bearerIn, withoutBearer } from './bearer';

test.each<[string | undefined, string[], string | null]>([
  [undefined, [], null],
  ['Bearer abc', [], 'abc'],
  ['bearer   a.b-c_d~e+f/g== ', [], 'a.b-c_d~e+f/g=='],
  ['Bearer', [], null],
  ['Bearer a b', [], null],
  ['Bearer a\u00e9', [], null],
  ['Basic abc', [], null],
  ['Basic abc', ['bearer', 'abc'], 'abc'],
  ['Bearer header', ['bearer', 'protocol'], 'header'],
  [undefined, ['chat', 'bearer', 'abc'], 'abc'],
  [undefined, ['bearer'], null],
  [undefined, ['abc', 'bearer'], null],
  [undefined, ['Bearer', 'abc'], null],
])('Authorization: %s with the subprotocols %j', (authorization, protocols, token) => {
  expect(bearerIn(authorization, protocols)).toBe(token);
});

test.each([
  [[], []],
  [['chat'], ['chat']],
  [['bearer', 'abc', 'chat'], ['chat']],
  [['chat', 'bearer', 'abc'], ['chat']],
  [['bearer'], []],
])('%j has the subprotocols %j', (protocols, others) => {
  expect(withoutBearer(protocols)).toEqual(others);
});
