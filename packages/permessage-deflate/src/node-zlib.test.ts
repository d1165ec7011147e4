import { constants } from 'node:zlib';
import { ZLIB } from './node-zlib';

test("the constants are Node's", () => {
  expect(constants).toMatchObject(ZLIB);
});
