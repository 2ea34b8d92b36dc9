import { describe, expect, it } from 'vitest';
import { meansLeft, millisOf, wholeOf } from './typed';

describe('what a model maker types', () => {
  it('is whole months within their bounds', () => {
    expect(wholeOf(' 24 ', 1, 600)).toBe(24);
    expect(wholeOf('0', 1, 600)).toBeNull();
    expect(wholeOf('601', 1, 600)).toBeNull();
    expect(wholeOf('2.5', 1, 600)).toBeNull();
  });

  it('is hours to the millisecond, with a comma or a point', () => {
    expect(millisOf('12.5')).toBe(45_000_000);
    expect(millisOf('0,001')).toBe(3_600);
    expect(millisOf('40')).toBe(144_000_000);
    expect(millisOf('1.2345')).toBeNull();
    expect(millisOf('-1')).toBeNull();
  });

  it('offers means bought outside and left, no licences and no other currency', () => {
    expect(meansLeft([
      { account: 'MEANS:compute', commodity: 'USD', balance: 5_000 },
      { account: 'MEANS:tooling', commodity: 'USD', balance: 0 },
      { account: 'MEANS:compute', commodity: 'EUR', balance: 700 },
      { account: 'MEANS:compute', commodity: 'OUTSIDE:USD', balance: 5_000 },
      { account: 'MEANS:a1b2c3d4-0000-7000-8000-000000000000', commodity: 'USD', balance: 9_000 },
      { account: 'CASH', commodity: 'USD', balance: 1 },
    ], 'USD')).toEqual([{ kind: 'compute', currency: 'USD', leftMinor: 5_000 }]);
  });
});
