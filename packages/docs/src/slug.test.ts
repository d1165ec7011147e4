import { slug } from './slug';

test.each([
  ['Next.js', 'nextjs'],
  ['How to go on', 'how-to-go-on'],
  ['`ws.send()`, and back-pressure', 'wssend-and-back-pressure'],
  ['Größe & Form', 'größe--form'],
  ['snake_case', 'snake-case'],
])('the anchor of %j is %j', (heading, expected) => {
  expect(slug(heading)).toBe(expected);
});
