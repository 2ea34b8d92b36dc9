import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { Observed } from '../api/types';
import { useMe } from '../session/session';
import { Observing } from './observing';
import type { Place } from './presence';

/** One observer a page load; it runs while some page that is observed is open. */
const observing = new Observing();
let watchers = 0;
let stop: (() => void) | null = null;

/** Where one is: the page, and above it what stands before it, as a dialog. The topmost counts. */
const places: { place: Place | null; idleMillis: number }[] = [];
let settling = false;

/** Once for all that changes at a moment: leaving one place for the next is one change. */
function settle() {
  if (settling) return;
  settling = true;
  queueMicrotask(() => {
    settling = false;
    const top = places.at(-1);
    if (top) observing.enter(top.place, top.idleMillis);
  });
}

/** Observes this place while the page that calls it is open. */
export function useObserved(place: Place | null, idleMillis = 60_000): Observing {
  const { personId } = useMe();
  useEffect(() => {
    if (watchers++ === 0) stop = observing.start(personId);
    return () => {
      if (--watchers === 0) stop?.();
    };
  }, [personId]);
  const { mode, claimId, projectId } = place ?? {};
  useEffect(() => {
    const here = { place: mode ? { mode, claimId, projectId } : null, idleMillis };
    places.push(here);
    settle();
    return () => {
      places.splice(places.indexOf(here), 1);
      settle();
    };
  }, [mode, claimId, projectId, idleMillis]);
  return observing;
}

/** For what claims tasks: resolves once the server knows the search that led there. */
export const beforeClaim = (): Promise<void> => observing.beforeClaim();

/** The state of presence, anew at each of its changes. */
export function usePresence() {
  return useSyncExternalStore(observing.subscribe, observing.current);
}

/** What the server has booked so far, whenever it says so. */
export function useObservedBooking(told: (claims: NonNullable<Observed['claims']>) => void): void {
  const latest = useRef(told);
  latest.current = told;
  useEffect(() => {
    observing.onBooked = (claims) => latest.current(claims);
    return () => { observing.onBooked = () => {}; };
  }, []);
}
