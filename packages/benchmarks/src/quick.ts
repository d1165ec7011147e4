/** What `--quick` measures of servers, in less than three minutes: a cell of every kind, and the peers that matter most. */
export const QUICK = {
  rows: [
    '16 B binary c1 P1',
    '16 B binary c100 P16',
    '125 B text c100 P16',
    '1 KiB UTF-8 text c100 P16',
    '16 KiB binary c100 P1',
    '1 MiB binary c1 P1',
    '1 MiB text c1 P1',
    '1 KiB JSON deflate c100 P1',
    'broadcast 125 B 1 to 1000 P16',
    'handshakes',
  ],
  peers: ['ours', 'toolkit', 'ws', 'ws+bufferutil', 'bun', 'raw', 'raw-static'],
} as const;

/** How `--quick` measures anything. */
export const QUICK_ROUNDS = { rounds: 2, seconds: 0.25 } as const;
