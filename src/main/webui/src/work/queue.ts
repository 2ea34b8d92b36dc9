import type { Answer, Claim } from '../api/types';
import { serverNow } from './serverClock';

/** The tasks claimed ahead: the first is before one's eyes, those put aside wait at the end until they are called back. */
export interface Queue {
  waiting: Claim[];
  aside: Claim[];
  /** Answered or given back here; a list fetched before the server knew may still name them. */
  gone: ReadonlySet<string>;
}

export const EMPTY_QUEUE: Queue = { waiting: [], aside: [], gone: new Set() };

/** What a task is known by over all its claims: no item is twice one person's. Where items are not told, it is the first of its claims. */
export function taskKey(claim: { claimId: string; itemId?: string | null; taskId?: string | null }): string {
  return claim.itemId ?? claim.taskId ?? claim.claimId;
}

/** Whether the time of a claim was over before it was handed in: it still can be, or let go. */
export function isOver(claim: Claim): boolean {
  return claim.state === 'expired' || claim.state === 'lapsed';
}

/** One task an item: a newer claim takes the place of the older one, and what was typed goes with it. Those whose time is over come first. */
export function added(queue: Queue, claims: Claim[]): Queue {
  const news = new Map<string, Claim>();
  for (const claim of claims) {
    if (queue.gone.has(claim.claimId)) continue;
    const same = news.get(taskKey(claim));
    news.set(taskKey(claim), same ? latest(same, claim) : claim);
  }
  const anew = (old: Claim) => {
    const claim = news.get(taskKey(old));
    news.delete(taskKey(old));
    return claim && claim.fencingVersion > old.fencingVersion ? latest(old, claim) : old;
  };
  const waiting = queue.waiting.map(anew);
  const aside = queue.aside.map(anew);
  const fresh = [...news.values()].sort((one, other) => Number(isOver(other)) - Number(isOver(one)));
  const later = (claim: Claim) => Boolean(claim.asideAt) && !isDue(claim, serverNow());
  return { ...queue, waiting: [...waiting, ...fresh.filter((claim) => !later(claim))], aside: [...aside, ...fresh.filter(later)] };
}

function latest(one: Claim, other: Claim): Claim {
  const [older, newer] = one.fencingVersion < other.fencingVersion ? [one, other] : [other, one];
  return { ...newer, draft: older.draft ?? newer.draft };
}

/** What was typed of a task, so that it is there when the task comes back. */
export function drafted(queue: Queue, key: string, draft: Answer): Queue {
  const typed = (claim: Claim) => (taskKey(claim) === key ? { ...claim, draft } : claim);
  return { ...queue, waiting: queue.waiting.map(typed), aside: queue.aside.map(typed) };
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
