import type { Figure } from '../api/types';
import type { Format } from '../text/text';

/** Whether the commodity is labour, in milliseconds; any other is money of some currency, in minor units. */
export function isLabour(commodity: string): boolean {
  return commodity.startsWith('LABOUR');
}

/** The currency of a money commodity: `USD`, `OUTSIDE:USD`. */
export function currencyOf(commodity: string): string {
  return commodity.slice(commodity.indexOf(':') + 1);
}

/** An amount of a commodity as the reader's language writes it. */
export function amount(value: number, commodity: string, format: Format): string {
  return isLabour(commodity) ? format.hours(value) : format.money(value, currencyOf(commodity));
}

/** A figure's value, or null where it has none. */
export function figureText(figure: Figure, currency: string, format: Format): string | null {
  if (figure.value === null || figure.value === undefined) return null;
  const of = figure.commodity && !isLabour(figure.commodity) ? currencyOf(figure.commodity) : currency;
  switch (figure.unit) {
    case 'minor': return format.money(figure.value, of);
    case 'minorPerHour': return format.perHour(figure.value, of);
    case 'millis': return format.hours(figure.value);
    case 'permille': return format.percent(figure.value / 1000);
    case 'ratio': return format.ratio(figure.value);
    default: return format.count(figure.value);
  }
}
