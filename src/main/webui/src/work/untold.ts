import { storedKeys, store, stored, unstore } from '../kit/stored';
import type { Noted } from './presence';

/** What the server has not heard of one page, with absolute times of the computer's clock. */
export interface Untold {
  tab: string;
  states: Noted[];
}

/** Nothing that a page kept for longer can be booked any more. */
const KEPT_MILLIS_MAX = 90 * 86_400_000;

/** So many pages of one person may leave something behind; of more, the latest count. */
const PAGES_MAX = 30;

const prefix = (personId: string) => `kreislauf.untold.${personId}.`;
const lock = (tab: string) => `kreislauf.page.${tab}`;

/** Kept as the page goes, so that what it measured outlives a reload, a crash and a sign-in: the next page tells it. Nothing is kept of nothing. */
export function keepUntold(personId: string, { tab, states }: Untold): void {
  if (states.length > 0) store(prefix(personId) + tab, states);
  else forgetUntold(personId, tab);
}

export function forgetUntold(personId: string, tab: string): void {
  unstore(prefix(personId) + tab);
}

/** Until this page ends, however it does, others leave to it what it keeps. */
export function live(tab: string): void {
  void locks()?.request(lock(tab), () => new Promise(() => {}));
}

/**
 * What pages left behind that are no longer open, the oldest first.
 *
 * @param now of the computer's clock. What would be in its future has no age that anybody knows, and is dropped like what is too old
 */
export async function leftBehind(personId: string, own: string, now: number): Promise<Untold[]> {
  const held = new Set((await locks()?.query())?.held?.map(({ name }) => name));
  const found: Untold[] = [];
  for (const key of storedKeys(prefix(personId))) {
    const tab = key.slice(prefix(personId).length);
    if (tab === own || held.has(lock(tab))) continue;
    const states = stored<Noted[]>(key);
    const sound = Array.isArray(states) ? states.filter(({ at }) => at <= now && now - at < KEPT_MILLIS_MAX) : [];
    if (sound.length > 0) found.push({ tab, states: sound });
    else unstore(key);
  }
  found.sort((one, other) => one.states[0]!.at - other.states[0]!.at);
  found.slice(0, -PAGES_MAX).forEach(({ tab }) => forgetUntold(personId, tab));
  return found.slice(-PAGES_MAX);
}

function locks(): LockManager | undefined {
  return navigator.locks;
}
