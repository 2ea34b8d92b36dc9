/** What the server's clock is ahead of the computer's, as far as its last answer told. */
let ahead = 0;

/** The server says what time it is. */
export function tellServerTime(serverTime: string | null | undefined): void {
  const told = Date.parse(serverTime ?? '');
  if (!Number.isNaN(told)) ahead = told - Date.now();
}

/** Deadlines are of the server's clock; that of this machine may be wrong. */
export function serverNow(): number {
  return Date.now() + ahead;
}
