/** Money is an integer of the currency's smallest unit; it becomes a decimal string only here, without passing through a float. */

const digitsByCurrency = new Map<string, number>();

/** How many decimal digits the currency's smallest unit stands for (ISO 4217, as Intl knows it); 2 where unknown. */
export function minorDigits(currency: string): number {
  let digits = digitsByCurrency.get(currency);
  if (digits === undefined) {
    try {
      digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
    } catch {
      digits = 2;
    }
    digitsByCurrency.set(currency, digits);
  }
  return digits;
}

/** `-12345, 2` to `"-123.45"`. */
export function decimalOf(minor: number, digits: number): string {
  const sign = minor < 0 ? '-' : '';
  const all = String(Math.abs(Math.trunc(minor))).padStart(digits + 1, '0');
  return digits === 0 ? sign + all : `${sign}${all.slice(0, -digits)}.${all.slice(-digits)}`;
}

export function money(minor: number, currency: string, locale: string): string {
  const decimal = decimalOf(minor, minorDigits(currency));
  try {
    // A decimal string keeps every digit (Intl.NumberFormat v3); a number would round beyond 2^53.
    return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(decimal as unknown as number);
  } catch {
    return `${decimal} ${currency}`;
  }
}

/**
 * What somebody typed, as minor units; null when it is not an amount in this currency. Accepts a comma or a point as
 * the decimal sign, since people type either in any language; no thousands separators, which would be ambiguous.
 */
export function minorOf(typed: string, currency: string): number | null {
  const digits = minorDigits(currency);
  const match = /^(\d{1,12})(?:[.,](\d+))?$/.exec(typed.trim());
  if (!match) return null;
  const fraction = match[2] ?? '';
  if (fraction.length > digits) return null;
  return Number(match[1] + fraction.padEnd(digits, '0'));
}

/** Reward per task and estimated time as an hourly wage, rounded down as the server does; null without an estimate. */
export function hourlyMinor(rewardMinor: number, estimateMillis: number): number | null {
  return estimateMillis > 0 ? Math.floor((rewardMinor * 3_600_000) / estimateMillis) : null;
}
