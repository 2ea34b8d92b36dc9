import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { Observed } from '../api/types';
import { Observing } from './observing';
import type { Place } from './presence';

/** One observer a page load; it runs while some page that is observed is open. */
const observing = new Observing();
let watchers = 0;
let stop: (() => void) | null = null;

/** Observes this place while the page that calls it is open. */
export function useObserved(place: Place | null, idleMillis = 60_000): Observing {
  useEffect(() => {
    if (watchers++ === 0) stop = observing.start();
    return () => {
      if (--watchers === 0) stop?.();
    };
  }, []);
  const { mode, claimId, projectId } = place ?? {};
  useEffect(() => {
    observing.enter(mode ? { mode, claimId, projectId } : null, idleMillis);
  }, [mode, claimId, projectId, idleMillis]);
  return observing;
}

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
