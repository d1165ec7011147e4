import { loadPeer, peerEntry } from '.';

test('a name that no peer has is refused with those there are', () => {
  expect(() => peerEntry('nobody')).toThrow(
    /no peer is called 'nobody'; the peers are ours, ours-bytes, too/,
  );
});

test('a peer with a process of its own is not loaded into this one', async () => {
  await expect(loadPeer('bun')).rejects.toThrow("'bun' has a server process of its own");
});
