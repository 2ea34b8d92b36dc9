import type { Claim } from '../api/types';

/** The tasks claimed ahead: the first is before one's eyes, those put aside wait at the end until they are called back. */
export interface Queue {
  waiting: Claim[];
  aside: Claim[];
  /** Answered or given back here; a list fetched before the server knew may still name them. */
  gone: ReadonlySet<string>;
}

export const EMPTY_QUEUE: Queue = { waiting: [], aside: [], gone: new Set() };

export function added(queue: Queue, claims: Claim[]): Queue {
  const known = new Set([...queue.waiting, ...queue.aside].map((claim) => claim.claimId));
  const fresh = claims.filter((claim) => !known.has(claim.claimId) && !queue.gone.has(claim.claimId));
  if (fresh.length === 0) return queue;
  const later = (claim: Claim) => Boolean(claim.asideAt) && !isDue(claim, Date.now());
  return { ...queue, waiting: [...queue.waiting, ...fresh.filter((claim) => !later(claim))], aside: [...queue.aside, ...fresh.filter(later)] };
}

function isDue(claim: Claim, now: number): boolean {
  return claim.returnsAt != null && Date.parse(claim.returnsAt) <= now;
}

/** Tasks put aside whose deadline comes near are next, behind the one before one's eyes. */
export function comeBack(queue: Queue, now: number): Queue {
  const due = queue.aside.filter((claim) => isDue(claim, now));
  if (due.length === 0) return queue;
  return { ...queue, waiting: [...queue.waiting.slice(0, 1), ...due, ...queue.waiting.slice(1)], aside: queue.aside.filter((claim) => !isDue(claim, now)) };
}

export function removed(queue: Queue, claimId: string): Queue {
  return {
    waiting: queue.waiting.filter((claim) => claim.claimId !== claimId),
    aside: queue.aside.filter((claim) => claim.claimId !== claimId),
    gone: new Set([...queue.gone, claimId]),
  };
}

/** Come back later: the task keeps its claim and its draft. */
export function putAside(queue: Queue, claimId: string, draft: Claim['draft'], returnsAt?: string | null): Queue {
  const claim = queue.waiting.find((each) => each.claimId === claimId);
  if (!claim) return queue;
  return { ...queue, waiting: queue.waiting.filter((each) => each !== claim), aside: [...queue.aside, { ...claim, draft, returnsAt }] };
}

/** Takes a task back that was put aside or could not be sent, before all others. */
export function broughtBack(queue: Queue, claim: Claim): Queue {
  const without = removed(queue, claim.claimId);
  const gone = new Set(without.gone);
  gone.delete(claim.claimId);
  return { waiting: [claim, ...without.waiting], aside: without.aside, gone };
}
