/** A whole number within the bounds, as typed; null if it is not. */
export function wholeOf(typed: string, min: number, max: number): number | null {
  if (!/^\d{1,9}$/.test(typed.trim())) return null;
  const value = Number(typed.trim());
  return value >= min && value <= max ? value : null;
}

const HOUR_MILLIS = 3_600_000;

/** Hours as typed, with up to three decimals after a comma or a point, as milliseconds; null if it is not an amount of time. */
export function millisOf(typed: string): number | null {
  const match = /^(\d{1,7})(?:[.,](\d{1,3}))?$/.exec(typed.trim());
  if (!match) return null;
  return Number(match[1]) * HOUR_MILLIS + (Number((match[2] ?? '').padEnd(3, '0')) * HOUR_MILLIS) / 1000;
}

/** Means that an organisation bought and has not used up, by their name and currency. */
export interface MeansLeft {
  kind: string;
  currency: string;
  leftMinor: number;
}

const MEANS = /^MEANS:([a-z][a-z0-9-]{0,39})$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What of the balances of a book is means bought outside; licences are means too, but are used run by run. */
export function meansLeft(rows: readonly { account: string; commodity: string; balance: number }[], currency: string): MeansLeft[] {
  return rows.flatMap(({ account, commodity, balance }) => {
    const kind = MEANS.exec(account)?.[1];
    return kind && !UUID.test(kind) && commodity === currency && balance > 0 ? [{ kind, currency, leftMinor: balance }] : [];
  });
}
