import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { MemoryStorage } from './browser.testing';
import { keepAnswers, keptAnswers } from './testAnswers';

let storage: MemoryStorage;
beforeEach(() => vi.stubGlobal('localStorage', (storage = new MemoryStorage())));
afterEach(() => vi.unstubAllGlobals());

it('keeps the answers of a test until it is handed in, for its person and attempt only', () => {
  keepAnswers('me', 'attempt', [{}, { q: 'a' }]);
  expect(keptAnswers('me', 'attempt', 3)).toEqual([{}, { q: 'a' }, {}]);
  expect(keptAnswers('you', 'attempt', 1)).toEqual([{}]);
  expect(keptAnswers('me', 'another', 1)).toEqual([{}]);
  keepAnswers('me', 'attempt', null);
  expect(keptAnswers('me', 'attempt', 2)).toEqual([{}, {}]);
});

it('begins with none where nothing can be kept or read', () => {
  storage.full = true;
  keepAnswers('me', 'attempt', [{ q: 'a' }]);
  expect(keptAnswers('me', 'attempt', 1)).toEqual([{}]);
  storage.full = false;
  storage.setItem('kreislauf.test.me.attempt', '{"q":');
  expect(keptAnswers('me', 'attempt', 1)).toEqual([{}]);
});
