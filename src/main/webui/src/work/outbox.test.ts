import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { broken, json, MemoryStorage, never, server, type Asked } from './browser.testing';
import { allRefused, allUnsent, forgetRefused, keepUnsent, onlyInMemory, sendAllUnsent, type Unsent } from './outbox';

const ME = 'me';
const storage = { current: new MemoryStorage() };
let accepted: string[];
let refused: string[];

beforeEach(() => {
  storage.current = new MemoryStorage();
  vi.stubGlobal('localStorage', storage.current);
  accepted = [];
  refused = [];
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function answer(claimId: string, more: Partial<Unsent> = {}): Unsent {
  return { claimId, projectId: 'p', itemId: `item-${claimId}`, fencingVersion: 1, formVersion: 1, answer: { tone: 'good' }, clientActiveMillis: 900, ...more };
}

function sendAll() {
  return sendAllUnsent(ME, { accepted: ({ claimId }) => accepted.push(claimId), refused: ({ claimId }) => refused.push(claimId) });
}

const kept = () => allUnsent(ME).map((unsent) => unsent.claimId);
const ACCEPTED = { submissionId: 's', state: 'ACCEPTED', bookedMillis: 1, rewardMinor: 25 };

describe('answers on their way', () => {
  it('go on after an answer that cannot be read, and it is sent again', async () => {
    keepUnsent(ME, answer('a'));
    keepUnsent(ME, answer('b'));
    server(({ path }) => (path.includes('/a/') ? broken() : json(ACCEPTED)));
    await sendAll();
    expect(kept()).toContain('a');
    server(({ path }) => (path.includes('/a/') ? new Response('<html>') : json(ACCEPTED)));
    await sendAll();
    expect([kept(), accepted]).toEqual([['a'], ['b']]);
    server(() => json(ACCEPTED));
    await sendAll();
    expect([kept(), accepted]).toEqual([[], ['b', 'a']]);
  });

  it('are not kept back by one that the server always fails at', async () => {
    for (const each of ['a', 'b', 'c', 'd']) keepUnsent(ME, answer(each));
    server(({ path }) => (path.includes('/a/') ? json({}, 500) : path.includes('/b/') ? json({}, 503) : path.includes('/c/') ? json({}, 429) : json(ACCEPTED)));
    await sendAll();
    expect([kept(), accepted, refused]).toEqual([['a', 'b', 'c'], ['d'], []]);
  });

  it('wait together for a connection that stalls', async () => {
    vi.useFakeTimers();
    keepUnsent(ME, answer('a'));
    keepUnsent(ME, answer('b'));
    const asked = server(never);
    const sent = sendAll();
    await vi.advanceTimersByTimeAsync(30_000);
    await sent;
    expect(asked.length).toBe(1);
    expect(kept()).toEqual(['a', 'b']);
  });

  it('are kept in memory where the browser keeps nothing', async () => {
    storage.current.full = true;
    expect(keepUnsent(ME, answer('a'))).toBe(false);
    expect([kept(), onlyInMemory()]).toEqual([['a'], true]);
    server(() => json(ACCEPTED));
    await sendAll();
    expect([kept(), accepted, onlyInMemory()]).toEqual([[], ['a'], false]);
  });

  it('are read past a record that is no answer', () => {
    storage.current.setItem('kreislauf.unsent.me.x', '{"claimId":');
    keepUnsent(ME, answer('a'));
    expect(kept()).toEqual(['a']);
  });
});

describe('an answer that is refused', () => {
  const fenced = (claims: unknown[]) => ({ path, json: sent }: Asked) =>
    path === '/api/claims' ? json({ claims }) : sent.fencingVersion === 1 ? json({ code: 'FENCED', detail: 'Not that of the claim.' }, 409) : json(ACCEPTED);

  it('because its task was claimed anew goes with the newer claim', async () => {
    keepUnsent(ME, answer('old', { itemId: 'i' }));
    const asked = server(fenced([{ claimId: 'other', itemId: 'j', fencingVersion: 8, formVersion: 1 }, { claimId: 'new', itemId: 'i', fencingVersion: 7, formVersion: 1 }]));
    await sendAll();
    expect(asked.map(({ path }) => path)).toEqual(['/api/claims/old/submit', '/api/claims', '/api/claims/new/submit']);
    expect(asked.at(-1)!.json).toEqual({ fencingVersion: 7, formVersion: 1, answer: { tone: 'good' }, clientActiveMillis: 900 });
    expect([kept(), accepted, allRefused(ME)]).toEqual([[], ['new'], []]);
  });

  it('goes with the newer claim also where items are not told, and each claim tells the first one of its task', async () => {
    keepUnsent(ME, answer('first', { itemId: undefined, taskId: 'first' }));
    const asked = server(fenced([{ claimId: 'other', taskId: 'other', fencingVersion: 8, formVersion: 1 }, { claimId: 'new', taskId: 'first', fencingVersion: 7, formVersion: 1 }]));
    await sendAll();
    expect(asked.map(({ path }) => path)).toEqual(['/api/claims/first/submit', '/api/claims', '/api/claims/new/submit']);
    expect([kept(), accepted, allRefused(ME)]).toEqual([[], ['new'], []]);
  });

  it('stays with its reason until it is let go', async () => {
    keepUnsent(ME, answer('old', { itemId: 'i' }));
    keepUnsent(ME, answer('next'));
    server((asked) => (asked.path.includes('/next/') ? json(ACCEPTED) : fenced([])(asked)));
    await sendAll();
    expect([kept(), accepted, refused]).toEqual([[], ['next'], ['old']]);
    expect(allRefused(ME)).toMatchObject([{ unsent: { claimId: 'old', answer: { tone: 'good' } }, problem: { code: 'FENCED', detail: 'Not that of the claim.' } }]);
    forgetRefused(ME, 'old');
    expect(allRefused(ME)).toEqual([]);
  });

  it('is not given up when the newer claim cannot be asked for', async () => {
    keepUnsent(ME, answer('old', { itemId: 'i' }));
    server((asked) => (asked.path === '/api/claims' ? broken() : fenced([])(asked)));
    await sendAll();
    expect([kept(), refused]).toEqual([['old'], []]);
  });
});
