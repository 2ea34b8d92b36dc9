import { describe, expect, it } from 'vitest';
import { decimalOf, hourlyMinor, minorOf, money } from './money';
import { clock, duration, hours, shiftDay, shortTime } from './time';

describe('money', () => {
  it('keeps every cent, however large the sum', () => {
    expect(decimalOf(-5, 2)).toBe('-0.05');
    expect(decimalOf(9_007_199_254_740_991, 2)).toBe('90071992547409.91');
    expect(money(9_007_199_254_740_991, 'USD', 'en-US')).toBe('$90,071,992,547,409.91');
  });

  it('knows currencies without a smaller unit', () => {
    expect(money(1500, 'JPY', 'en-US')).toBe('¥1,500');
    expect(minorOf('1500', 'JPY')).toBe(1500);
    expect(minorOf('15.5', 'JPY')).toBeNull();
  });

  it('reads amounts as people type them, and nothing else', () => {
    expect(minorOf('0.25', 'USD')).toBe(25);
    expect(minorOf('0,5', 'EUR')).toBe(50);
    expect(minorOf(' 12 ', 'USD')).toBe(1200);
    for (const typed of ['', '-1', '1.234', '1,000.00', '1e3', 'x', '.5']) expect(minorOf(typed, 'USD')).toBeNull();
  });

  it('makes an hourly wage of reward and estimate, as in the worked example', () => {
    expect(hourlyMinor(25, 150_000)).toBe(600);
    expect(hourlyMinor(25, 0)).toBeNull();
  });
});

describe('time', () => {
  it('cuts to the second', () => {
    expect(clock(59_999)).toBe('0:59');
    expect(clock(3_723_000)).toBe('1:02:03');
    expect(duration(41_900)).toBe('41 s');
    expect(duration(150_000)).toBe('2 min 30 s');
    expect(duration(11_109_000)).toBe('3 h 05 min 09 s');
  });

  it('shows milliseconds of hours in the third place', () => {
    expect(hours(11_250_000, 'en')).toBe('3.125 h');
    expect(hours(756_000_000, 'de')).toBe('210,00 h');
  });

  it('shows less than an hour in minutes and seconds, exact', () => {
    expect(shortTime(98_204, 'en')).toBe('1 min 38.204 s');
    expect(shortTime(-98_000, 'en')).toBe('-1 min 38 s');
    expect(shortTime(0, 'en')).toBe('0 s');
  });

  it('goes from day to day in UTC', () => {
    expect(shiftDay('2026-03-01', -1)).toBe('2026-02-28');
    expect(shiftDay('2026-12-31', 1)).toBe('2027-01-01');
  });
});
