import { get, Refused, SignedOut, Unreachable, request } from '../api/http';
import type { Answer, Claim, Claims, Problem, Submitted } from '../api/types';
import { store, stored, storedKeys, unstore } from '../kit/stored';
import { taskKey } from './queue';

/** An answer that the server has not confirmed. Sent again with the same fencing version, it is the same answer. */
export interface Unsent {
  claimId: string;
  projectId: string;
  /** Missing where the project does not tell it. */
  itemId?: string;
  /** There instead of it. */
  taskId?: string;
  fencingVersion: number;
  formVersion: number;
  answer: Answer;
  clientActiveMillis: number;
}

/** An answer that the server did not take, and why. It stays until it is mended or its annotator lets it go. */
export interface RefusedAnswer {
  unsent: Unsent;
  problem: Problem;
}

export interface Told {
  accepted: (unsent: Unsent, submitted: Submitted) => void;
  refused: (unsent: Unsent, problem: Problem) => void;
}

const SUBMIT_MILLIS = 30_000;

/** Refused for now only. */
const AGAIN = [408, 425, 429];

const unsentOf = (personId: string) => `kreislauf.unsent.${personId}.`;
const refusedOf = (personId: string) => `kreislauf.refused.${personId}.`;

/** What the browser's storage would not take, by its key: kept as long as the page is open. */
const inMemory = new Map<string, unknown>();

function keep(key: string, value: unknown): boolean {
  const kept = store(key, value);
  if (kept) inMemory.delete(key);
  else inMemory.set(key, value);
  return kept;
}

function forget(key: string): void {
  inMemory.delete(key);
  unstore(key);
}

function all<T>(prefix: string): T[] {
  const here = [...inMemory.keys()].filter((key) => key.startsWith(prefix));
  const kept = storedKeys(prefix).filter((key) => !inMemory.has(key));
  return [...kept.map((key) => stored<T>(key)), ...here.map((key) => inMemory.get(key) as T)].filter((each) => each !== null);
}

/**
 * Kept in the browser, one record a claim, until the server has it: a lost connection or session costs no work.
 *
 * @returns false if only this page can keep it
 */
export function keepUnsent(personId: string, unsent: Unsent): boolean {
  return keep(unsentOf(personId) + unsent.claimId, unsent);
}

export function allUnsent(personId: string): Unsent[] {
  return all(unsentOf(personId));
}

export function allRefused(personId: string): RefusedAnswer[] {
  return all(refusedOf(personId));
}

export function forgetRefused(personId: string, claimId: string): void {
  forget(refusedOf(personId) + claimId);
}

/** Whether there are answers that go with this page. */
export function onlyInMemory(): boolean {
  return inMemory.size > 0;
}

/**
 * Tries each answer that waits once. One that fails keeps no other back; only without a connection or a session none of them is tried further.
 */
export async function sendAllUnsent(personId: string, told: Told): Promise<void> {
  for (const unsent of allUnsent(personId)) {
    try {
      if (!(await sendUnsent(personId, unsent, told))) return;
    } catch {
      // Whatever it was, it stays kept and is tried again.
    }
  }
}

/** @returns whether it is worth trying to send another one now */
async function sendUnsent(personId: string, unsent: Unsent, told: Told): Promise<boolean> {
  const { claimId, fencingVersion, formVersion, answer, clientActiveMillis } = unsent;
  try {
    const submitted = await request<Submitted>(`/api/claims/${claimId}/submit`, {
      method: 'POST', json: { fencingVersion, formVersion, answer, clientActiveMillis }, timeoutMillis: SUBMIT_MILLIS,
    });
    forget(unsentOf(personId) + claimId);
    told.accepted(unsent, submitted);
    return true;
  } catch (failure) {
    if (failure instanceof SignedOut) return false;
    if (failure instanceof Unreachable) return failure.status !== undefined;
    if (!(failure instanceof Refused) || failure.problem.status >= 500 || AGAIN.includes(failure.problem.status)) return true;
    const newer = failure.problem.code === 'FENCED' ? await claimedAnew(unsent) : undefined;
    if (newer) {
      const again = { ...unsent, claimId: newer.claimId, fencingVersion: newer.fencingVersion, formVersion: newer.formVersion };
      keepUnsent(personId, again);
      if (newer.claimId !== claimId) forget(unsentOf(personId) + claimId);
      return sendUnsent(personId, again, told);
    }
    keep(refusedOf(personId) + claimId, { unsent, problem: failure.problem });
    forget(unsentOf(personId) + claimId);
    told.refused(unsent, failure.problem);
    return true;
  }
}

/** The claim that the same person got for the same item after this one had lapsed. */
async function claimedAnew(unsent: Unsent): Promise<Claim | undefined> {
  const { claims } = await get<Claims>('/api/claims');
  return claims.find((claim) => taskKey(claim) === taskKey(unsent) && claim.fencingVersion > unsent.fencingVersion);
}
