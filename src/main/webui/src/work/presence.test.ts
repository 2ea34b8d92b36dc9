import { describe, expect, it } from 'vitest';
import { absent, counting, message, presence, remains, type Happening, type Presence } from './presence';

const TASK = { mode: 'task', claimId: 'c1', projectId: 'p1' } as const;
const NEXT = { mode: 'task', claimId: 'c2', projectId: 'p1' } as const;

function after(happenings: Happening[], start: Presence = absent(0, true)): Presence {
  return happenings.reduce(presence, start);
}

/** A look every second from one moment to another, as the page does. */
function looks(from: number, to: number): Happening[] {
  const all: Happening[] = [];
  for (let at = from; at <= to; at += 1000) all.push({ type: 'looked', at });
  return all;
}

describe('what the page counts', () => {
  it('counts while the task is shown', () => {
    const state = after([{ type: 'entered', place: TASK, idleMillis: 60_000, at: 0 }, ...looks(1000, 20_000)]);
    expect(state.countedMillis).toBe(20_000);
  });

  it('counts thinking up to the idle threshold and no further, until the next input', () => {
    const state = after([
      { type: 'entered', place: TASK, idleMillis: 60_000, at: 0 },
      ...looks(1000, 10_000),
      { type: 'input', at: 10_500 },
      ...looks(11_000, 100_000),
      { type: 'input', at: 100_250 },
      ...looks(101_000, 105_000),
    ]);
    expect(state.countedMillis).toBe(70_500 + 4_750);
  });

  it('does not count a hidden page', () => {
    const state = after([
      { type: 'entered', place: TASK, idleMillis: 60_000, at: 0 },
      ...looks(1000, 5000),
      { type: 'hidden', at: 5200 },
      { type: 'looked', at: 30_000 },
      { type: 'visible', at: 40_000 },
      ...looks(41_000, 42_000),
    ]);
    expect(state.countedMillis).toBe(5200 + 2000);
  });

  it('does not count a sleeping machine', () => {
    const state = after([
      { type: 'entered', place: TASK, idleMillis: 600_000, at: 0 },
      ...looks(1000, 5000),
      { type: 'looked', at: 3_605_000 },
    ]);
    expect(state.countedMillis).toBe(5000);
    expect(counting(state)).toBe(false);
    expect(message(state, 3_605_000)).toContainEqual({ kind: 'hidden', claimId: 'c1', projectId: 'p1', agoMillis: 3_600_000 });
  });

  it('tells a short sleep from a page that was kept busy', () => {
    const entered: Happening = { type: 'entered', place: TASK, idleMillis: 60_000, at: 0 };
    const busy = after([entered, ...looks(1000, 5000), { type: 'looked', at: 14_000 }]);
    expect(busy.countedMillis).toBe(14_000);
    const asleep = after([entered, ...looks(1000, 5000), { type: 'input', at: 17_000 }, { type: 'looked', at: 18_000 }]);
    expect(asleep.countedMillis).toBe(6000);
  });

  it('goes on counting after a page stood still, up to the idle threshold of the input before it', () => {
    const stalled: Happening[] = [
      { type: 'entered', place: TASK, idleMillis: 60_000, at: 0 },
      ...looks(1000, 10_000),
      { type: 'input', at: 10_500 },
      { type: 'looked', at: 11_000 },
      { type: 'looked', at: 36_000 },
    ];
    const state = after([...stalled, ...looks(37_000, 50_000)]);
    expect(state.countedMillis).toBe(11_000 + 14_000);
    expect(counting(state)).toBe(true);
    expect(message(state, 50_000).map(({ kind, agoMillis }) => [kind, 50_000 - agoMillis])).toEqual([
      ['shown', 0], ['active', 10_500], ['hidden', 11_000], ['shown', 36_000], ['shown', 50_000],
    ]);
    const later = after([...stalled, ...looks(37_000, 90_000)]);
    expect(later.countedMillis).toBe(11_000 + (70_500 - 36_000));
    expect(counting(later)).toBe(false);
  });

  it('tells the input with which a sleep began before the sleep', () => {
    const state = after([
      { type: 'entered', place: TASK, idleMillis: 60_000, at: 0 },
      { type: 'input', at: 2000 },
      { type: 'looked', at: 14_000 },
    ]);
    expect(message(state, 14_000).map(({ kind, agoMillis }) => [kind, 14_000 - agoMillis])).toEqual([
      ['shown', 0], ['active', 2000], ['hidden', 2000], ['shown', 14_000],
    ]);
  });

  it('does not count a pause', () => {
    const state = after([
      { type: 'entered', place: TASK, idleMillis: 60_000, at: 0 },
      { type: 'paused', at: 3000 },
      ...looks(4000, 20_000),
      { type: 'resumed', at: 20_000 },
      { type: 'looked', at: 21_000 },
    ]);
    expect(state.countedMillis).toBe(4000);
  });

  it('starts anew with the next task', () => {
    const state = after([
      { type: 'entered', place: TASK, idleMillis: 60_000, at: 0 },
      { type: 'looked', at: 9000 },
      { type: 'entered', place: NEXT, idleMillis: 60_000, at: 9500 },
      { type: 'looked', at: 10_000 },
    ]);
    expect(state.countedMillis).toBe(500);
  });
});

describe('what the page tells', () => {
  it('says what is so now, with the latest input before it', () => {
    const state = after([
      { type: 'entered', place: TASK, idleMillis: 60_000, at: 0 },
      { type: 'input', at: 4000 },
      { type: 'input', at: 9000 },
      { type: 'looked', at: 15_000 },
    ]);
    expect(message(state, 15_000)).toEqual([
      { kind: 'shown', claimId: 'c1', projectId: 'p1', agoMillis: 15_000 },
      { kind: 'active', claimId: 'c1', projectId: 'p1', agoMillis: 6000 },
      { kind: 'shown', claimId: 'c1', projectId: 'p1', agoMillis: 0 },
    ]);
  });

  it('tells both edges of an idle spell exactly', () => {
    const state = after([
      { type: 'entered', place: TASK, idleMillis: 60_000, at: 0 },
      ...looks(1000, 80_000),
      { type: 'input', at: 80_400 },
    ]);
    const kinds = message(state, 81_000).map(({ kind, agoMillis }) => [kind, agoMillis]);
    expect(kinds).toEqual([['shown', 81_000], ['idle', 21_000], ['active', 600], ['shown', 0]]);
  });

  it('books an input to the task where it was made', () => {
    const state = after([
      { type: 'entered', place: TASK, idleMillis: 60_000, at: 0 },
      { type: 'input', at: 4000 },
      { type: 'entered', place: NEXT, idleMillis: 60_000, at: 4100 },
    ]);
    expect(message(state, 4100).map(({ kind, claimId }) => `${kind} ${claimId}`)).toEqual([
      'shown c1', 'active c1', 'shown c2',
    ]);
  });

  it('forgets what was told and keeps what came after', () => {
    const told = after([
      { type: 'entered', place: TASK, idleMillis: 60_000, at: 0 },
      { type: 'told', upTo: 1000 },
      { type: 'hidden', at: 2000 },
    ]);
    expect(message(told, 2000)).toEqual([{ kind: 'hidden', claimId: 'c1', projectId: 'p1', agoMillis: 0 }]);
  });

  it('says nothing while the page is hidden', () => {
    const state = after([
      { type: 'entered', place: TASK, idleMillis: 60_000, at: 0 },
      { type: 'hidden', at: 1000 },
      { type: 'told', upTo: 1000 },
      { type: 'looked', at: 20_000 },
    ]);
    expect(message(state, 20_000)).toEqual([]);
  });

  it('tells looking for work as search', () => {
    const state = after([{ type: 'entered', place: { mode: 'search' }, idleMillis: 60_000, at: 0 }]);
    expect(message(state, 500)).toEqual([{ kind: 'search', agoMillis: 500 }, { kind: 'search', agoMillis: 0 }]);
  });

  it('keeps inputs no further apart than the idle threshold while nothing can be sent', () => {
    const inputs: Happening[] = [];
    for (let at = 3000; at <= 36_000; at += 3000) inputs.push({ type: 'input', at });
    const state = after([{ type: 'entered', place: TASK, idleMillis: 8000, at: 0 }, ...inputs]);
    const told = message(state, 36_000).filter((each) => each.kind === 'active').map((each) => 36_000 - each.agoMillis);
    expect(told.at(-1)).toBe(36_000);
    [0, ...told].reduce((before, at) => { expect(at - before).toBeLessThan(8000); return at; });
  });
});

describe('what remains of a page that ends without a word', () => {
  const seen = (state: Presence) => remains(state).map(({ kind, at }) => [kind, at]);

  it('is what it had not told, up to its last look', () => {
    const working = after([
      { type: 'entered', place: TASK, idleMillis: 60_000, at: 0 }, ...looks(1000, 4000), { type: 'input', at: 4500 }, ...looks(5000, 8000),
    ]);
    expect(seen(working)).toEqual([['shown', 0], ['active', 4500], ['hidden', 8000]]);
    expect(seen(after([{ type: 'told', upTo: 8000 }, { type: 'looked', at: 9000 }], working))).toEqual([['hidden', 9000]]);
  });

  it('is nothing when all was told and nothing counts', () => {
    const hidden = after([{ type: 'entered', place: TASK, idleMillis: 60_000, at: 0 }, { type: 'hidden', at: 3000 }]);
    expect(seen(hidden)).toEqual([['shown', 0], ['hidden', 3000]]);
    expect(seen(after([{ type: 'told', upTo: 3000 }], hidden))).toEqual([]);
  });
});
