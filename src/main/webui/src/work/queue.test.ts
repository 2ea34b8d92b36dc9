import { describe, expect, it } from 'vitest';
import type { Claim } from '../api/types';
import { added, broughtBack, comeBack, drafted, EMPTY_QUEUE, putAside, removed } from './queue';
import { serverNow, tellServerTime } from './serverClock';

function claim(claimId: string): Claim {
  return { claimId, fencingVersion: 1, itemId: `item-${claimId}`, content: {}, rewardMinor: 25, formVersion: 1, estimateMillis: 60_000, advertisedMinorPerHour: 1500 };
}

describe('tasks claimed ahead', () => {
  it('never shows one twice, even when an older list still names it', () => {
    const answered = removed(added(EMPTY_QUEUE, [claim('a'), claim('b')]), 'a');
    expect(added(answered, [claim('a'), claim('b'), claim('c')]).waiting.map((each) => each.claimId)).toEqual(['b', 'c']);
  });

  it('keeps what is put aside, with its draft, and brings it back first', () => {
    const aside = putAside(added(EMPTY_QUEUE, [claim('a'), claim('b')]), 'a', { q: 'x' });
    expect(aside.waiting.map((each) => each.claimId)).toEqual(['b']);
    expect(aside.aside[0]!.draft).toEqual({ q: 'x' });
    expect(comeBack(aside, Date.now())).toBe(aside);
    expect(broughtBack(aside, aside.aside[0]!).waiting.map((each) => each.claimId)).toEqual(['a', 'b']);
  });

  it('finds what was put aside on another device, and brings it back next when its deadline comes near', () => {
    const held = added(EMPTY_QUEUE, [{ ...claim('a'), asideAt: '2026-01-01T00:00:00Z', returnsAt: '2999-01-01T00:00:00Z' }, claim('b'), claim('c')]);
    expect(held.waiting.map((each) => each.claimId)).toEqual(['b', 'c']);
    expect(comeBack(held, Date.parse('2999-01-02T00:00:00Z')).waiting.map((each) => each.claimId)).toEqual(['b', 'a', 'c']);
  });

  it('goes by the server what is due, whatever the clock of this machine says', () => {
    const aside = { ...claim('a'), asideAt: '2026-01-01T00:00:00Z', returnsAt: new Date(Date.now() - 60_000).toISOString() };
    tellServerTime(new Date(Date.now() - 3_600_000).toISOString());
    expect(added(EMPTY_QUEUE, [aside]).aside).toHaveLength(1);
    tellServerTime(undefined);
    expect(serverNow()).toBeLessThan(Date.now() - 3_000_000);
    tellServerTime(new Date().toISOString());
    expect(added(EMPTY_QUEUE, [aside]).aside).toHaveLength(0);
  });

  it('has one task an item: the newer claim wins and inherits what was typed, wherever it waits', () => {
    const typed = drafted(added(EMPTY_QUEUE, [claim('a'), claim('b'), claim('c')]), 'item-a', { q: 'x' });
    const aside = putAside(typed, 'b', { q: 'y' });
    const anew = added(aside, [
      { ...claim('c'), content: { older: true } }, { ...claim('a2'), itemId: 'item-a', fencingVersion: 7 }, { ...claim('b2'), itemId: 'item-b', fencingVersion: 8 },
      { ...claim('c0'), itemId: 'item-c', fencingVersion: 0 }, claim('d'),
    ]);
    expect(anew.waiting.map((each) => [each.claimId, each.fencingVersion, each.draft])).toEqual([
      ['a2', 7, { q: 'x' }], ['c', 1, undefined], ['d', 1, undefined],
    ]);
    expect(anew.aside.map((each) => [each.claimId, each.draft])).toEqual([['b2', { q: 'y' }]]);
    const atOnce = added(EMPTY_QUEUE, [{ ...claim('a'), state: 'lapsed', draft: { q: 'x' } }, { ...claim('a2'), itemId: 'item-a', fencingVersion: 7 }]);
    expect(atOnce.waiting.map((each) => [each.claimId, each.draft])).toEqual([['a2', { q: 'x' }]]);
  });

  it('tells tasks apart whose items are not told', () => {
    const untold = (id: string) => ({ ...claim(id), itemId: undefined });
    expect(added(EMPTY_QUEUE, [untold('a'), untold('b')]).waiting.map((each) => each.claimId)).toEqual(['a', 'b']);
  });

  it('offers first what was begun and whose time was over, unless it was put aside since', () => {
    const over = { ...claim('c'), state: 'expired', draft: { q: 'x' } };
    expect(added(EMPTY_QUEUE, [claim('a'), claim('b'), over]).waiting.map((each) => each.claimId)).toEqual(['c', 'a', 'b']);
    const aside = added(EMPTY_QUEUE, [claim('a'), { ...over, asideAt: '2026-01-01T00:00:00Z' }]);
    expect([aside.waiting, aside.aside].map((some) => some.map((each) => each.claimId))).toEqual([['a'], ['c']]);
    expect(comeBack(aside, Date.parse('2999-01-02T00:00:00Z'))).toBe(aside);
  });
});
