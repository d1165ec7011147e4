import { environment } from './environment';

test('a run says when it was, where, and on which versions', () => {
  const { when, where, versions } = environment();
  expect(when).toBe(new Date(when).toISOString());
  expect(where).toContain(`Node ${process.version}, ${process.platform}`);
  expect(Object.keys(versions)).toEqual(['@ws/websocket', 'V8', 'OpenSSL', 'zlib']);
  for (const version of Object.values(versions)) expect(version).toMatch(/^\d+\.\d+/);
});
