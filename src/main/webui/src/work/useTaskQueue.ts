import { useCallback, useEffect, useRef, useState } from 'react';
import { Refused, request } from '../api/http';
import type { Answer, Claim, Claims } from '../api/types';
import { beforeClaim } from './Observed';
import type { Unsent } from './outbox';
import { added, broughtBack, comeBack, drafted, EMPTY_QUEUE, isOver, putAside, removed, taskKey, type Queue } from './queue';
import { serverNow } from './serverClock';

/** Fetch more when so few tasks wait, so that the next one is there before it is asked for. */
const FEW = 2;

/** How often it is looked whether a task that was put aside has to come back. */
const LOOK_MILLIS = 20_000;

/** What was claimed by a request whose answer never came is found by looking again. */
const ANSWER_MILLIS = 30_000;

/** Whoever holds as many tasks as they may, and none of them is here, has them from another page or an older claim. */
const FOUND_AGAIN_MILLIS = 5_000;

/**
 * The tasks of one project claimed by this person: those already open first, then more, fetched ahead. An answer on its
 * way still holds its place at the server, so it counts until it is settled.
 *
 * @param onItsWay answers that wait in this browser to be sent; a task claimed anew for one of them is not done twice
 */
export function useTaskQueue(projectId: string, prefetch: number, onItsWay: () => Unsent[]) {
  const [queue, setQueue] = useState<Queue>(EMPTY_QUEUE);
  const [phase, setPhase] = useState<'starting' | 'idle' | 'claiming' | 'full' | 'exhausted' | 'failed'>('starting');
  const [leaving, setLeaving] = useState<ReadonlySet<string>>(() => new Set(onItsWay().map((unsent) => unsent.claimId)));
  const waitingToGo = useRef(onItsWay);
  waitingToGo.current = onItsWay;
  const [error, setError] = useState<unknown>(null);
  const busy = useRef(false);

  const fetchMore = useCallback(async (count: number, first: boolean) => {
    if (busy.current) return;
    busy.current = true;
    setPhase(first ? 'starting' : 'claiming');
    try {
      const held = first ? (await request<Claims>('/api/claims', { timeoutMillis: ANSWER_MILLIS })).claims.filter((claim) => claim.projectId === projectId) : [];
      const wanted = count - held.filter((claim) => !claim.asideAt && !isOver(claim)).length;
      if (wanted > 0) await beforeClaim();
      const more = wanted > 0 ? (await request<Claims>('/api/claims', { method: 'POST', json: { projectId, count: wanted }, timeoutMillis: ANSWER_MILLIS })).claims : [];
      const answered = new Set(waitingToGo.current().flatMap((unsent) => [unsent.claimId, taskKey(unsent)]));
      setQueue((before) => added(before, [...held, ...more].filter((claim) => !answered.has(claim.claimId) && !answered.has(taskKey(claim)))));
      setPhase(wanted > 0 && more.length === 0 ? 'exhausted' : 'idle');
      setError(null);
    } catch (failure) {
      setError(failure);
      // Refused means that nothing more may be claimed now; what is already here can still be done.
      const code = failure instanceof Refused && failure.problem.status === 409 ? failure.problem.code : null;
      setPhase(code === null ? 'failed' : code === 'PREFETCH_LIMIT' ? 'full' : 'exhausted');
    } finally {
      busy.current = false;
    }
  }, [projectId]);

  useEffect(() => void fetchMore(prefetch, true), [fetchMore, prefetch]);

  // What is put aside holds no place.
  const here = queue.waiting.length + leaving.size;
  const low = queue.waiting.length <= FEW && here < prefetch;
  useEffect(() => {
    if (phase === 'idle' && low) void fetchMore(prefetch - here, false);
  }, [phase, low, here, prefetch, fetchMore]);

  const lost = phase === 'full' && here === 0;
  useEffect(() => {
    if (!lost) return;
    const timer = setTimeout(() => void fetchMore(prefetch, true), FOUND_AGAIN_MILLIS);
    return () => clearTimeout(timer);
  }, [lost, prefetch, fetchMore]);

  useEffect(() => {
    const look = setInterval(() => setQueue((before) => comeBack(before, serverNow())), LOOK_MILLIS);
    return () => clearInterval(look);
  }, []);

  return {
    current: queue.waiting[0],
    aside: queue.aside,
    phase,
    error,
    lookAgain: useCallback(() => void fetchMore(prefetch, true), [fetchMore, prefetch]),
    /** Takes the task away from here; its place at the server is free once it is settled. */
    remove: useCallback((claimId: string) => {
      setQueue((before) => removed(before, claimId));
      setLeaving((before) => new Set([...before, claimId]));
    }, []),
    settled: useCallback((claimId: string) => {
      setLeaving((before) => new Set([...before].filter((each) => each !== claimId)));
      setPhase((before) => (before === 'failed' || before === 'full' ? 'idle' : before));
    }, []),
    later: useCallback((claimId: string, draft: Answer, returnsAt?: string | null) => setQueue((before) => putAside(before, claimId, draft, returnsAt)), []),
    drafted: useCallback((key: string, draft: Answer) => setQueue((before) => drafted(before, key, draft)), []),
    bringBack: useCallback((claim: Claim) => setQueue((before) => broughtBack(before, claim)), []),
  };
}
