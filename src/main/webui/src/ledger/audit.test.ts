import { describe, expect, it } from 'vitest';
import type { Audit } from '../api/types';
import { findingsOf, pointed } from './audit';

const audit: Audit = {
  holds: false, auditedAt: '2026-11-22T10:00:00Z', fromTx: 0, toTx: 9, entries: 3, elapsedMillis: 12,
  invariants: [
    { invariant: 3, says: 'Nothing vanishes.', holds: true, breaches: [] },
    { invariant: 3, says: 'No stock below zero.', holds: false, breaches: [{ place: 'book x', detail: '-5 USD' }] },
    { invariant: 6, says: 'A retry is one entry.', holds: true, breaches: [] },
  ],
};

describe('an audit', () => {
  it('finds an invariant broken when one of its checks is', () => {
    expect(findingsOf(audit, 3).state).toBe('broken');
    expect(findingsOf(audit, 3).broken.map((finding) => finding.says)).toEqual(['No stock below zero.']);
    expect(findingsOf(audit, 6)).toEqual({ state: 'holds', broken: [] });
  });
  it('claims nothing of an invariant that it did not check', () => {
    expect(findingsOf(audit, 13).state).toBe('elsewhere');
  });
  it('leads to the entry or book that is broken', () => {
    expect(pointed('entry 01976000-0000-7000-8000-000000000001')).toBe('/ledger/entries/01976000-0000-7000-8000-000000000001');
    expect(pointed('book 01976000-0000-7000-8000-000000000001 CASH')).toBe('/ledger/01976000-0000-7000-8000-000000000001');
    expect(pointed('annotator 01976000-0000-7000-8000-000000000001')).toBeNull();
  });
});
