/** For a page: calls back when nothing was received for 30 seconds, or the connection has ended. */
export function watch(ws: WebSocket, onLost: () => void): void {
  let timer = setTimeout(lose, 30_000);

  function lose(): void {
    clearTimeout(timer);
    ws.removeEventListener('message', postpone);
    ws.removeEventListener('close', lose);
    ws.close();
    onLost();
  }

  function postpone(): void {
    clearTimeout(timer);
    timer = setTimeout(lose, 30_000);
  }

  ws.addEventListener('message', postpone);
  ws.addEventListener('close', lose);
}
