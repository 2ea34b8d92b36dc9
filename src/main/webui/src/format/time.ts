const HOUR = 3_600_000;
const MINUTE = 60_000;

/** A running clock: `0:07`, `12:34`, `1:02:03`. Cut to the second, never rounded up. */
export function clock(millis: number): string {
  const total = Math.max(0, Math.floor(millis / 1000));
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const seconds = String(total % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`;
}

/** The clock for a screen reader: ISO 8601 duration, for the `datetime` attribute. */
export function isoDuration(millis: number): string {
  return `PT${Math.max(0, Math.floor(millis / 1000))}S`;
}

/** A booked time, exact: `41 s`, `2 min 30 s`, `3 h 05 min 09 s`. Units are the SI's and the same in both languages. */
export function duration(millis: number): string {
  const sign = millis < 0 ? '−' : '';
  const all = Math.abs(millis);
  const hours = Math.floor(all / HOUR);
  const minutes = Math.floor((all % HOUR) / MINUTE);
  const seconds = Math.floor((all % MINUTE) / 1000);
  if (hours > 0) return `${sign}${hours} h ${two(minutes)} min ${two(seconds)} s`;
  if (minutes > 0) return `${sign}${minutes} min ${two(seconds)} s`;
  return `${sign}${seconds} s`;
}

/** Hours as a decimal for tables, three places: `210.000 h`. */
export function hours(millis: number, locale: string): string {
  const number = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 3 });
  return `${number.format(millis / HOUR)} h`;
}

/** Less than an hour, to the millisecond: `1 min 38.204 s`; a decimal of an hour would say nothing to anybody. */
export function shortTime(millis: number, locale: string): string {
  const minutes = Math.trunc(millis / MINUTE);
  const seconds = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 }).format((millis % MINUTE) / 1000);
  return minutes === 0 ? `${seconds} s` : `${minutes} min ${seconds.replace('-', '')} s`;
}

/** An instant in the reader's own time zone, to the minute. */
export function moment(iso: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso));
}

/** The time of day in UTC, to the second: days are booked in UTC, so their intervals are shown in it. */
export function timeOfDayUtc(iso: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'medium', timeZone: 'UTC' }).format(new Date(iso));
}

/** The time of day in the reader's own time zone, to the minute. */
export function timeOfDay(at: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(new Date(at));
}

/** The UTC day, `2026-11-22`. */
export function utcDay(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** The UTC day so many days later or earlier. */
export function shiftDay(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return utcDay(at);
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}
