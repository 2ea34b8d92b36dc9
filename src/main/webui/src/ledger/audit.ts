import type { Audit } from '../api/types';

/** The invariants of the ledger's specification. */
export const INVARIANTS = Array.from({ length: 14 }, (_, at) => at + 1);

type Finding = Audit['invariants'][number];

/** What an audit found of one invariant, which several checks may share; elsewhere: no check of the running audit can see it. */
export interface Found {
  state: 'holds' | 'broken' | 'elsewhere';
  broken: Finding[];
}

export function findingsOf(audit: Audit, invariant: number): Found {
  const findings = audit.invariants.filter((finding) => finding.invariant === invariant);
  const broken = findings.filter((finding) => !finding.holds);
  return { state: findings.length === 0 ? 'elsewhere' : broken.length === 0 ? 'holds' : 'broken', broken };
}

const NAMED = /^(entry|book) ([0-9a-f]{8}-[0-9a-f-]{27})/;

/** The page of an entry or book that a place names; null if it names neither. */
export function pointed(place: string): string | null {
  const [, what, id] = NAMED.exec(place) ?? [];
  if (!id) return null;
  return what === 'entry' ? `/ledger/entries/${id}` : `/ledger/${id}`;
}
