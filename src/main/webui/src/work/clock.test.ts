import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Clock } from './clock';

beforeEach(() => vi.useFakeTimers({ now: 1_000_000_000_000 }));
afterEach(() => vi.useRealTimers());

it('goes on by what passed when the computer\'s clock is set back, also twice', () => {
  const clock = new Clock();
  const start = clock.now();
  for (const back of [3_600_000, 1_000]) {
    vi.advanceTimersByTime(250);
    vi.setSystemTime(Date.now() - back);
  }
  vi.advanceTimersByTime(250);
  expect(clock.now() - start).toBe(750);
  vi.advanceTimersByTime(10_000);
  expect(clock.now() - start).toBe(10_750);
  expect(clock.onWall(clock.now())).toBe(Date.now());
});

it('never goes back, however often and by how little the computer\'s does, and does not run ahead of it', () => {
  const clock = new Clock();
  const seed = Math.floor(Math.random() * 1e9);
  let random = seed;
  let before = clock.now();
  const start = before;
  let passed = 0;
  for (let i = 0; i < 10_000; i++) {
    random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
    const step = random % 300;
    vi.advanceTimersByTime(step);
    passed += step;
    if (random % 7 === 0) vi.setSystemTime(Date.now() - (random % 5_000));
    const now = clock.now();
    expect(now, `seed ${seed}`).toBeGreaterThanOrEqual(before);
    before = now;
  }
  // Steps back of less than what counts as one are seen as nothing passing.
  expect(Math.abs(before - start - passed), `seed ${seed}`).toBeLessThanOrEqual(0.03 * passed);
});

it('goes on while the machine sleeps', () => {
  const clock = new Clock();
  const start = clock.now();
  vi.setSystemTime(Date.now() + 600_000);
  expect(clock.now() - start).toBe(600_000);
});
