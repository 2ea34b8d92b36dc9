import { describe, expect, it } from 'vitest';
import type { Claim } from '../api/types';
import { added, broughtBack, comeBack, EMPTY_QUEUE, putAside, removed } from './queue';

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
});
