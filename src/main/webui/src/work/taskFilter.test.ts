import { describe, expect, it } from 'vitest';
import { filterOf, paramsOf } from './taskFilter';

describe('the filter of the task list', () => {
  it('is the same after going through the address', () => {
    const filter = { text: 'weeds & co', least: 1250, currency: 'USD', language: 'de', mayDo: true, withoutWarning: true };
    expect(filterOf(new URLSearchParams(paramsOf(filter).toString()))).toEqual(filter);
  });

  it('leaves out what is not wanted, and a wage without its currency', () => {
    expect(paramsOf({ mayDo: false, withoutWarning: false }).toString()).toBe('');
    expect(filterOf(new URLSearchParams('minMinorPerHour=5')).least).toBeUndefined();
    expect(filterOf(new URLSearchParams('minMinorPerHour=x&currency=USD')).least).toBeUndefined();
  });
});
