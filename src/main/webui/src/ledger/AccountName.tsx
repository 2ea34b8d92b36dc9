const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** `ESCROW:01a20239-…-1d687ef32931:reserve` to `ESCROW:…f32931:reserve`: ids begin alike, they differ at the end. */
export function shortAccount(account: string): string {
  return account.replace(ID, (id) => `…${id.slice(-6)}`);
}

/** An account with its ids cut short; the whole name is its title. */
export function AccountName({ account }: { account: string }) {
  return <code title={account}>{shortAccount(account)}</code>;
}
