/** For a page: fetches a ticket with the key that the page has, and connects with the ticket. */
export async function connect(key: string, page: string): Promise<WebSocket> {
  const headers = { Authorization: `Bearer ${key}` };
  const response = await fetch(new URL('/ticket', page), { method: 'POST', headers });
  if (!response.ok) throw new Error(`no ticket: ${response.status}`);
  return new WebSocket(new URL('/', page), ['bearer', await response.text()]);
}
