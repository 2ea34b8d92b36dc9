import { Refused, SignedOut, Unreachable, request } from '../api/http';
import type { Answer, Problem, Submitted } from '../api/types';

/** An answer that the server has not confirmed. Sent again with the same fencing version, it is the same answer. */
export interface Unsent {
  claimId: string;
  projectId: string;
  fencingVersion: number;
  formVersion: number;
  answer: Answer;
  clientActiveMillis: number;
}

export type Sent =
  | { outcome: 'kept'; signedOut: boolean }
  | { outcome: 'accepted'; submitted: Submitted }
  | { outcome: 'refused'; problem: Problem };

const prefix = (personId: string) => `kreislauf.unsent.${personId}.`;

/** Kept in the browser, one record a claim, until the server has it: a lost connection or session costs no work. */
export function keepUnsent(personId: string, unsent: Unsent): void {
  localStorage.setItem(prefix(personId) + unsent.claimId, JSON.stringify(unsent));
}

export function allUnsent(personId: string): Unsent[] {
  const keys = Array.from({ length: localStorage.length }, (_, at) => localStorage.key(at) ?? '');
  return keys
    .filter((key) => key.startsWith(prefix(personId)))
    .map((key) => JSON.parse(localStorage.getItem(key) ?? 'null') as Unsent)
    .filter((unsent) => unsent !== null);
}

/** Sends one answer and forgets it once the server has accepted or refused it. */
export async function sendUnsent(personId: string, unsent: Unsent): Promise<Sent> {
  const { claimId, fencingVersion, formVersion, answer, clientActiveMillis } = unsent;
  try {
    const submitted = await request<Submitted>(`/api/claims/${claimId}/submit`, {
      method: 'POST', json: { fencingVersion, formVersion, answer, clientActiveMillis },
    });
    localStorage.removeItem(prefix(personId) + claimId);
    return { outcome: 'accepted', submitted };
  } catch (failure) {
    if (failure instanceof Unreachable || failure instanceof SignedOut) {
      return { outcome: 'kept', signedOut: failure instanceof SignedOut };
    }
    if (failure instanceof Refused && failure.problem.status < 500) {
      localStorage.removeItem(prefix(personId) + claimId);
      return { outcome: 'refused', problem: failure.problem };
    }
    if (failure instanceof Refused) return { outcome: 'kept', signedOut: false };
    throw failure;
  }
}

const draftKey = (claimId: string) => `kreislauf.draft.${claimId}`;

/** The draft as last typed here; the server's copy serves other devices. */
export function localDraft(claimId: string): Answer | null {
  return JSON.parse(localStorage.getItem(draftKey(claimId)) ?? 'null') as Answer | null;
}

export function keepLocalDraft(claimId: string, answer: Answer | null): void {
  if (answer && Object.keys(answer).length > 0) localStorage.setItem(draftKey(claimId), JSON.stringify(answer));
  else localStorage.removeItem(draftKey(claimId));
}
