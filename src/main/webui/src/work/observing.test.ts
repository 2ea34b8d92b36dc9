import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { json, MemoryStorage, never, server, type Asked } from './browser.testing';
import { Observing } from './observing';

const TASK = { mode: 'task', claimId: 'c1', projectId: 'p1' } as const;
const heard = () => json({ serverTime: '2026-01-01T00:00:00Z', heartbeatMillis: 15_000, claims: [] });

let window: EventTarget;
let document: EventTarget & { visibilityState: string };
let storage: MemoryStorage;
let locks: Set<string>;
let stops: (() => void)[];

beforeEach(() => {
  vi.useFakeTimers({ now: 1_760_000_000_000 });
  storage = new MemoryStorage();
  locks = new Set();
  stops = [];
  vi.stubGlobal('localStorage', storage);
  vi.stubGlobal('navigator', {
    locks: {
      request: (name: string) => { locks.add(name); return new Promise(() => {}); },
      query: async () => ({ held: [...locks].map((name) => ({ name })) }),
    },
  });
  vi.stubGlobal('BroadcastChannel', class { onmessage = null; postMessage() {} close() {} });
});
afterEach(() => {
  stops.forEach((stop) => stop());
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A page load of this person, with a task before their eyes. */
async function page(): Promise<Observing> {
  window = new EventTarget();
  document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  vi.stubGlobal('window', window);
  vi.stubGlobal('document', document);
  const observing = new Observing();
  stops.push(observing.start('me'));
  observing.enter(TASK, 60_000);
  await vi.advanceTimersByTimeAsync(0);
  return observing;
}

/** The page is gone without a word: its timers, listeners and locks with it. */
function crash() {
  stops = [];
  vi.clearAllTimers();
  locks.clear();
}

/** What was told by page, with the moments that the server makes of the ages. */
const told = (asked: Asked[]) => asked.map(({ json: said }) => [said.tab, said.states.map((each: { kind: string; agoMillis: number }) => [each.kind, Date.now() - each.agoMillis])] as const);

describe('a page whose messages find no answer', () => {
  it('has one of them on its way at a time, and gives it up after ten seconds', async () => {
    const asked = server(never);
    const observing = await page();
    let open = 0;
    for (let second = 0; second < 120; second++) {
      window.dispatchEvent(new Event('keydown'));
      await vi.advanceTimersByTimeAsync(1_000);
      open = Math.max(open, asked.filter(({ signal }) => !signal!.aborted).length);
    }
    expect(open).toBe(1);
    expect(asked.length).toBeLessThanOrEqual(9);
    // Nothing is lost: the next answer has it all.
    const later = server(heard);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(later[0]!.json.states[0]).toMatchObject({ kind: 'shown' });
    expect(observing.current().untold).toEqual([]);
  });

  it('keeps an answer back for no longer than a moment', async () => {
    server(never);
    const observing = await page();
    let flushed = false;
    void observing.flush().then(() => { flushed = true; });
    await vi.advanceTimersByTimeAsync(3_000);
    expect(flushed).toBe(true);
  });
});

describe('what a page measured and could not tell', () => {
  it('is told by the next one with its true age, in the name of the one that measured it', async () => {
    const lost = server(() => { throw new TypeError('no connection'); });
    const start = Date.now();
    await page();
    await vi.advanceTimersByTimeAsync(20_000);
    window.dispatchEvent(new Event('keydown'));
    await vi.advanceTimersByTimeAsync(22_000);
    crash();
    const first = lost[0]!.json.tab;
    vi.setSystemTime(start + 3_600_000);
    const asked = server(heard);
    await page();
    await vi.advanceTimersByTimeAsync(0);
    const [tab, states] = told(asked)[0]!;
    expect(tab).toBe(first);
    expect(states[0]).toEqual(['shown', start]);
    expect(states).toContainEqual(['active', start + 20_000]);
    const [kind, until] = states.at(-1)!;
    expect(kind).toBe('hidden');
    expect(until).toBeGreaterThan(start + 42_000 - 5_500);
    expect(until).toBeLessThanOrEqual(start + 42_000);
    expect(told(asked)[1]![0]).not.toBe(first);
    expect(storage.getItem(`kreislauf.untold.me.${first}`)).toBeNull();
  });

  it('waits while the session is over or the connection is lost, and is told then', async () => {
    server(() => { throw new TypeError('no connection'); });
    await page();
    await vi.advanceTimersByTimeAsync(5_000);
    crash();
    const over = server(() => new Response('', { status: 401 }));
    await page();
    await vi.advanceTimersByTimeAsync(0);
    const first = over[0]!.json.tab;
    expect(storage.getItem(`kreislauf.untold.me.${first}`)).not.toBeNull();
    const asked = server(heard);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(asked[0]!.json.tab).toBe(first);
    expect(storage.getItem(`kreislauf.untold.me.${first}`)).toBeNull();
  });

  it('is left to a page that is still open, and to its own person', async () => {
    server(() => { throw new TypeError('no connection'); });
    await page();
    await vi.advanceTimersByTimeAsync(5_000);
    storage.setItem('kreislauf.untold.you.t', JSON.stringify([{ kind: 'shown', claimId: 'x', at: Date.now() - 1000 }]));
    const asked = server(heard);
    window = new EventTarget();
    const second = new Observing();
    stops.push(second.start('me'));
    second.enter({ mode: 'search' }, 60_000);
    await vi.advanceTimersByTimeAsync(0);
    expect(new Set(asked.map(({ json: said }) => said.states[0].kind))).toEqual(new Set(['search']));
  });

  it('is dropped if it would be in the future or cannot be read', async () => {
    storage.setItem('kreislauf.untold.me.t1', JSON.stringify([{ kind: 'shown', claimId: 'x', at: Date.now() + 60_000 }]));
    storage.setItem('kreislauf.untold.me.t2', '[{');
    const asked = server(heard);
    await page();
    expect(asked.map(({ json: said }) => said.tab).filter((tab) => tab.startsWith('t'))).toEqual([]);
    expect([storage.getItem('kreislauf.untold.me.t1'), storage.getItem('kreislauf.untold.me.t2')]).toEqual([null, null]);
  });
});

describe('a computer whose clock is set back', () => {
  it('goes on counting, noting inputs and telling, and tells no state of the future', async () => {
    const asked = server(heard);
    const observing = await page();
    await vi.advanceTimersByTimeAsync(10_000);
    vi.setSystemTime(Date.now() - 3_600_000);
    const before = asked.length;
    for (let second = 0; second < 40; second++) {
      window.dispatchEvent(new Event('keydown'));
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(observing.current().countedMillis).toBeGreaterThan(49_000);
    expect(asked.length - before).toBeGreaterThanOrEqual(2);
    const kinds = asked.slice(before).flatMap(({ json: said }) => said.states.map((each: { kind: string }) => each.kind));
    expect(kinds).toContain('active');
    expect(kinds).not.toContain('hidden');
  });
});
