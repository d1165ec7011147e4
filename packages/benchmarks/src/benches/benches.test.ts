import { BENCHES } from '.';

test.each(BENCHES.map((bench) => [bench.name, bench] as const))(
  'every row of %s has a name of its own, and the usual peers are among all',
  (_, { rows, peers, usualPeers }) => {
    expect(new Set(rows).size).toBe(rows.length);
    expect(usualPeers.filter((peer) => !peers.includes(peer))).toEqual([]);
  },
);
