import { useCallback, useEffect, useRef, useState } from 'react';
import { get, post, Refused } from '../api/http';
import type { Answer, Claim, Claims } from '../api/types';
import { added, broughtBack, EMPTY_QUEUE, putAside, removed, type Queue } from './queue';

/** Fetch more when so few tasks wait, so that the next one is there before it is asked for. */
const FEW = 2;

/** The tasks of one project claimed by this person: those already open first, then more, fetched ahead. */
export function useTaskQueue(projectId: string, prefetch: number) {
  const [queue, setQueue] = useState<Queue>(EMPTY_QUEUE);
  const [phase, setPhase] = useState<'starting' | 'idle' | 'claiming' | 'exhausted' | 'failed'>('starting');
  const [error, setError] = useState<unknown>(null);
  const busy = useRef(false);

  const fetchMore = useCallback(async (count: number, first: boolean) => {
    if (busy.current) return;
    busy.current = true;
    setPhase(first ? 'starting' : 'claiming');
    try {
      const open = first ? (await get<Claims>('/api/claims')).claims.filter((claim) => claim.projectId === projectId) : [];
      const wanted = count - open.length;
      const more = wanted > 0 ? (await post<Claims>('/api/claims', { projectId, count: wanted })).claims : [];
      setQueue((before) => added(before, [...open, ...more]));
      setPhase(wanted > 0 && more.length === 0 ? 'exhausted' : 'idle');
      setError(null);
    } catch (failure) {
      setError(failure);
      // Refused means that nothing more may be claimed now; what is already here can still be done.
      setPhase(failure instanceof Refused && failure.problem.status === 409 ? 'exhausted' : 'failed');
    } finally {
      busy.current = false;
    }
  }, [projectId]);

  useEffect(() => void fetchMore(prefetch, true), [fetchMore, prefetch]);

  const here = queue.waiting.length + queue.aside.length;
  const low = queue.waiting.length <= FEW && here < prefetch;
  useEffect(() => {
    if (phase === 'idle' && low) void fetchMore(prefetch - here, false);
  }, [phase, low, here, prefetch, fetchMore]);

  return {
    current: queue.waiting[0],
    aside: queue.aside,
    phase,
    error,
    lookAgain: useCallback(() => void fetchMore(prefetch, true), [fetchMore, prefetch]),
    remove: useCallback((claimId: string) => {
      setQueue((before) => removed(before, claimId));
      // A place ahead is free again, unless there was nothing left to claim.
      setPhase((before) => (before === 'failed' ? 'idle' : before));
    }, []),
    later: useCallback((claimId: string, draft: Answer) => setQueue((before) => putAside(before, claimId, draft)), []),
    bringBack: useCallback((claim: Claim) => setQueue((before) => broughtBack(before, claim)), []),
  };
}
