import { select } from '../select';
import { BENCHES } from '.';

test.each(BENCHES.map((bench) => [bench.name, bench] as const))(
  'every row of %s can be selected by its name, and the usual peers are among all',
  (_, { rows, peers, usualPeers }) => {
    expect(new Set(rows).size).toBe(rows.length);
    for (const row of rows) expect(select(row, rows)).toEqual([row]);
    expect(usualPeers.filter((peer) => !peers.includes(peer))).toEqual([]);
  },
);
