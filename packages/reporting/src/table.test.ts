import { markdownTable } from '.';

test('the columns of a table line up', () => {
  expect(
    markdownTable([
      ['cell', 'ws'],
      ['a', '1,234'],
      ['longer', '5'],
    ]),
  ).toBe(
    [
      '| cell   |    ws |', //
      '| ------ | ----: |',
      '| a      | 1,234 |',
      '| longer |     5 |',
    ].join('\n'),
  );
});
