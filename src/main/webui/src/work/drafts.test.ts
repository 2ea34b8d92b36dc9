import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { json, MemoryStorage, server } from './browser.testing';
import { keepLocalDraft, localDraft, saveDraft } from './drafts';

beforeEach(() => vi.stubGlobal('localStorage', new MemoryStorage()));
afterEach(() => vi.unstubAllGlobals());

it('is no longer kept here once the server has it, so that what another device typed later wins', async () => {
  keepLocalDraft('me', 'item', { q: 'a' });
  const asked = server(() => new Response(null, { status: 204 }));
  await saveDraft('me', 'item', 'claim', { q: 'a' });
  expect(asked.map(({ path, json: sent }) => [path, sent])).toEqual([['/api/claims/claim/draft', { answer: { q: 'a' } }]]);
  expect(localDraft('me', 'item')).toBeNull();
});

it('is kept while the server may not have it, or something newer was typed meanwhile', async () => {
  keepLocalDraft('me', 'item', { q: 'a' });
  server(() => json({}, 500));
  await saveDraft('me', 'item', 'claim', { q: 'a' });
  expect(localDraft('me', 'item')).toEqual({ q: 'a' });
  server(() => {
    keepLocalDraft('me', 'item', { q: 'b' });
    return new Response(null, { status: 204 });
  });
  await saveDraft('me', 'item', 'claim', { q: 'a' });
  expect(localDraft('me', 'item')).toEqual({ q: 'b' });
});

it('is one person\'s', () => {
  keepLocalDraft('me', 'item', { q: 'a' });
  expect(localDraft('you', 'item')).toBeNull();
});
