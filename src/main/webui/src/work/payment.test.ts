import { describe, expect, it } from 'vitest';
import { earnedBy, paySoFar } from './payment';

describe('pay so far', () => {
  it('grows by reward and supplement of what counts', () => {
    const task = { payRule: 'piece', extraPay: { hazardMinor: 10 } } as Parameters<typeof earnedBy>[0];
    expect(earnedBy(task, { state: 'ACCEPTED', rewardMinor: 25 })).toBe(35);
    expect(earnedBy(task, { state: 'LATE_KEPT', rewardMinor: 0 })).toBe(0);
    expect(earnedBy({ payRule: 'piece' }, { state: 'ACCEPTED', rewardMinor: 25 })).toBe(25);
  });

  it('is left to the server where all time is paid', () => {
    const task = { payRule: 'hour', extraPay: { hazardMinor: 10 } } as Parameters<typeof earnedBy>[0];
    expect(earnedBy(task, { state: 'ACCEPTED', rewardMinor: 0 })).toBe(0);
  });

  it('adds up one currency only', () => {
    expect(paySoFar({ earnedMinor: 0 }, 'USD', 25)).toEqual([{ minor: 25, currency: 'USD' }]);
    expect(paySoFar({ earnedMinor: 100, currency: 'USD' }, 'USD', 25)).toEqual([{ minor: 125, currency: 'USD' }]);
    expect(paySoFar({ earnedMinor: 5000, currency: 'JPY' }, 'USD', 0)).toEqual([{ minor: 5000, currency: 'JPY' }]);
    expect(paySoFar({ earnedMinor: 5000, currency: 'JPY' }, 'USD', 25)).toEqual([{ minor: 5000, currency: 'JPY' }, { minor: 25, currency: 'USD' }]);
  });
});
