import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Claim, OtherDraft } from '../api/types';
import { json, MemoryStorage, server } from './browser.testing';
import { heldAtFirst, holding, keepLocalDraft, localDraft, notHeld, saveDraft } from './drafts';

beforeEach(() => vi.stubGlobal('localStorage', new MemoryStorage()));
afterEach(() => vi.unstubAllGlobals());

const claim = (more: Partial<Claim> = {}) => ({ claimId: 'claim', ...more }) as Claim;
const other: OtherDraft = { page: 'phone', step: 3, savedAt: '2026-11-22T20:00:00Z', answer: { q: 'b' } };

it('is no longer kept here once the server has it, so that what another device typed later wins', async () => {
  const holds = keepLocalDraft('me', 'item', { q: 'a' }, { phone: 2 });
  const asked = server(() => json({}));
  expect(await saveDraft('me', 'item', 'claim', { q: 'a' }, holds)).toBeNull();
  expect(asked[0]!.path).toBe('/api/claims/claim/draft');
  expect(asked[0]!.json).toMatchObject({ answer: { q: 'a' }, holds: { phone: 2 } });
  expect(holds[asked[0]!.json.page]).toBe(asked[0]!.json.step);
  expect(localDraft('me', 'item')).toBeNull();
});

it('rises with each change, so that what comes late is known to be older', async () => {
  const asked = server(() => json({}));
  const first = keepLocalDraft('me', 'item', { q: 'a' });
  const second = keepLocalDraft('me', 'item', { q: 'ab' }, first);
  await saveDraft('me', 'item', 'claim', { q: 'ab' }, second);
  await saveDraft('me', 'item', 'claim', { q: 'a' }, first);
  expect(asked[0]!.json.page).toBe(asked[1]!.json.page);
  expect(asked[0]!.json.step).toBeGreaterThan(asked[1]!.json.step);
});

it('is kept while the server may not have it, or something newer was typed meanwhile', async () => {
  const holds = keepLocalDraft('me', 'item', { q: 'a' });
  server(() => json({}, 500));
  await saveDraft('me', 'item', 'claim', { q: 'a' }, holds);
  expect(localDraft('me', 'item')).toEqual({ q: 'a' });
  server(() => {
    keepLocalDraft('me', 'item', { q: 'b' });
    return json({});
  });
  await saveDraft('me', 'item', 'claim', { q: 'a' }, holds);
  expect(localDraft('me', 'item')).toEqual({ q: 'b' });
});

it('is kept beside what another device typed, which is told, until one of them is decided for', async () => {
  const holds = keepLocalDraft('me', 'item', { q: 'a' });
  server(() => json({ other }));
  expect(await saveDraft('me', 'item', 'claim', { q: 'a' }, holds)).toEqual(other);
  expect(localDraft('me', 'item')).toEqual({ q: 'a' });
  expect(notHeld([other], holds)).toEqual([other]);
  expect(notHeld([other], holding(holds, 'phone', 3))).toEqual([]);
  expect(notHeld([{ ...other, step: 4 }], holding(holds, 'phone', 3))).toHaveLength(1);
});

it('holds what it was made from: the server\'s draft, or what an earlier page of this browser could not save', () => {
  expect(heldAtFirst('me', 'item', claim())).toEqual({});
  expect(heldAtFirst('me', 'item', claim({ draftPage: 'phone', draftStep: 3 }))).toEqual({ phone: 3 });
  const kept = keepLocalDraft('me', 'item', { q: 'a' }, { earlier: 7 });
  expect(heldAtFirst('me', 'item', claim({ draftPage: 'phone', draftStep: 3 }))).toEqual(kept);
  expect(kept).toMatchObject({ earlier: 7 });
});

it('remembers the latest pages only', () => {
  let holds = {};
  for (let at = 0; at < 100; at++) holds = holding(holds, `p${at}`, at);
  expect(Object.keys(holds).length).toBeLessThanOrEqual(50);
  expect(holds).toMatchObject({ p99: 99, p80: 80 });
});

it('is one person\'s', () => {
  keepLocalDraft('me', 'item', { q: 'a' });
  expect(localDraft('you', 'item')).toBeNull();
});
